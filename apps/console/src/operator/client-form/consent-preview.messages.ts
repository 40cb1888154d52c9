import type { Catalogue } from '../../language/language.js';

interface PreviewMessages {
  readonly title: string;
  readonly frame: string;
  readonly notYet: string;
  readonly nobody: string;
  readonly failed: string;
}

export const CONSENT_PREVIEW: Catalogue<PreviewMessages> = {
  en: {
    title: 'What people will be asked',
    frame: 'The page that people will see',
    notYet: 'Shown as soon as these settings can be registered.',
    nobody: 'No page asks anybody for it: it has no return address.',
    failed: 'The page could not be shown.',
  },
  de: {
    title: 'Was Menschen gefragt werden',
    frame: 'Die Seite, die Menschen sehen werden',
    notYet: 'Erscheint, sobald sich diese Einstellungen registrieren lassen.',
    nobody: 'Keine Seite fragt jemanden danach: Er hat keine Rücksprungadresse.',
    failed: 'Die Seite konnte nicht gezeigt werden.',
  },
};
