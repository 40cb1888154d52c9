import type { Catalogue } from '../language/language.js';

interface ShortcutMessages {
  readonly title: string;
  readonly search: string;
  readonly list: string;
  readonly messages: string;
  readonly close: string;
  readonly escape: string;
  readonly off: string;
  readonly settings: string;
}

export const SHORTCUTS: Catalogue<ShortcutMessages> = {
  en: {
    title: 'Keyboard shortcuts',
    search: 'Go to the search',
    list: 'Show this list',
    messages: 'Go to the messages',
    close: 'Close the list',
    escape: 'Close a dialog, a menu or a list',
    off: 'Keys that are pressed alone can be switched off.',
    settings: 'To the settings',
  },
  de: {
    title: 'Tastenkürzel',
    search: 'Zur Suche gehen',
    list: 'Diese Liste zeigen',
    messages: 'Zu den Meldungen gehen',
    close: 'Liste schließen',
    escape: 'Einen Dialog, ein Menü oder eine Liste schließen',
    off: 'Tasten, die man einzeln drückt, lassen sich abschalten.',
    settings: 'Zu den Einstellungen',
  },
};
