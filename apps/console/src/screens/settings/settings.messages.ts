import type { Catalogue } from '../../language/language.js';

interface SettingsMessages {
  readonly title: string;
}

export const SETTINGS: Catalogue<SettingsMessages> = {
  en: { title: 'Settings' },
  de: { title: 'Einstellungen' },
};
