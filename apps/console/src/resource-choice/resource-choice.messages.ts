import type { Catalogue } from '../language/language.js';

interface ResourceChoiceMessages {
  readonly search: string;
  readonly failed: string;
  readonly none: { readonly what: string; readonly how: string };
  readonly noMatch: string;
  /** Heading of a kind whose scopes nobody has described. */
  readonly things: string;
  readonly kindAt: (objects: string, service: string) => string;
  readonly all: (count: number, kind: string) => string;
  readonly allShort: (count: number) => string;
  readonly more: string;
  readonly chosen: (count: number) => string;
  readonly silent: (service: string) => string;
}

export const RESOURCE_CHOICE: Catalogue<ResourceChoiceMessages> = {
  en: {
    search: 'Search your resources',
    failed: 'Your resources could not be read.',
    none: {
      what: 'Nothing of yours is registered here yet.',
      how: 'What you keep at a service shows here as soon as the service protects it with this server.',
    },
    noMatch: 'Nothing of yours matches.',
    things: 'Things',
    kindAt: (objects, service) => `${objects} · ${service}`,
    all: (count, kind) => `All ${count}: ${kind}`,
    allShort: (count) => `All ${count}`,
    more: 'Show more',
    chosen: (count) => (count === 1 ? '1 chosen' : `${count} chosen`),
    silent: (service) => `${service} does not answer at present; it takes part as soon as it does.`,
  },
  de: {
    search: 'Ihre Ressourcen durchsuchen',
    failed: 'Ihre Ressourcen konnten nicht gelesen werden.',
    none: {
      what: 'Hier ist noch nichts von Ihnen angemeldet.',
      how: 'Was Sie bei einem Dienst haben, steht hier, sobald der Dienst es mit diesem Server schützt.',
    },
    noMatch: 'Nichts von Ihnen passt dazu.',
    things: 'Sachen',
    kindAt: (objects, service) => `${objects} · ${service}`,
    all: (count, kind) => `Alle ${count}: ${kind}`,
    allShort: (count) => `Alle ${count}`,
    more: 'Mehr zeigen',
    chosen: (count) => `${count} gewählt`,
    silent: (service) => `${service} antwortet zurzeit nicht; es gilt, sobald der Dienst es wieder tut.`,
  },
};
