import { IDENTITY_SCOPE, SERVER_SCOPE } from '@valetkey/protocol';
import type { LocalizedText } from '../config/config.js';

const { openid, profile, email, address, phone, offlineAccess } = IDENTITY_SCOPE;
const { protection, introspect, authorizations, authorizationsWrite, grantQuery, grantRevoke } = SERVER_SCOPE;

const worded = (en: string, de: string): LocalizedText => ({ '': en, en, de });

/** Scopes of the standards, and this server's own, in words: where the operator has not worded them. */
export const STANDARD_WORDING: ReadonlyMap<string, LocalizedText> = new Map<string, LocalizedText>([
  [openid, worded('Know who you are', 'Wissen, wer Sie sind')],
  [profile, worded('See your name and profile', 'Ihren Namen und Ihr Profil sehen')],
  [email, worded('See your e-mail address', 'Ihre E-Mail-Adresse sehen')],
  [address, worded('See your postal address', 'Ihre Postanschrift sehen')],
  [phone, worded('See your phone number', 'Ihre Telefonnummer sehen')],
  [offlineAccess, worded('Keep access when you are not signed in', 'Zugriff behalten, wenn Sie nicht angemeldet sind')],
  [protection, worded('Protect your resources here', 'Ihre Ressourcen hier schützen')],
  [introspect, worded('Check access that it is shown', 'Zugriffe prüfen, die ihr vorgelegt werden')],
  [authorizations, worded('See what you share and with whom', 'Sehen, was Sie mit wem teilen')],
  [
    authorizationsWrite,
    worded('Share, answer requests and end access for you', 'Für Sie teilen, Anfragen beantworten, Zugriff beenden'),
  ],
  [grantQuery, worded('See what you have allowed it', 'Sehen, was Sie ihr erlaubt haben')],
  [grantRevoke, worded('End what you have allowed it', 'Beenden, was Sie ihr erlaubt haben')],
]);
