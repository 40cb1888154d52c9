import type { Catalogue } from '../language/language.js';

/** Apart from the dialog's texts, which come with its chunk. */
export const SHARE_BUTTON: Catalogue<{ readonly share: string; readonly notLoaded: string }> = {
  en: { share: 'Share', notLoaded: 'The form to share could not be loaded. Is this device online?' },
  de: { share: 'Teilen', notLoaded: 'Das Formular zum Teilen konnte nicht geladen werden. Ist dieses Gerät online?' },
};
