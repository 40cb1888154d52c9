import type { Catalogue } from '../language/language.js';

interface ShortenMessages {
  readonly title: (name: string) => string;
  readonly shortenTo: string;
  readonly shortenBy: (duration: string) => string;
  readonly changed: string;
  readonly cancel: string;
  readonly failed: string;
}

export const SHORTEN: Catalogue<ShortenMessages> = {
  en: {
    title: (name) => `Shorten the access of ${name}`,
    shortenTo: 'It ends after',
    shortenBy: (duration) => `Shorten to ${duration}`,
    changed: 'It was changed meanwhile. This is how it is now:',
    cancel: 'Leave as it is',
    failed: 'It was not shortened.',
  },
  de: {
    title: (name) => `Zugriff von ${name} verkürzen`,
    shortenTo: 'Es endet nach',
    shortenBy: (duration) => `Auf ${duration} verkürzen`,
    changed: 'Der Zugriff wurde inzwischen geändert. So ist er jetzt:',
    cancel: 'So lassen',
    failed: 'Er wurde nicht verkürzt.',
  },
};
