import type { ScopeLevel } from '@valetkey/owner-contract';
import { IDENTITY_SCOPE, SERVER_SCOPE } from '@valetkey/protocol';
import type { ScopeWords, WordsText } from '../config/config.js';

const { openid, profile, email, address, phone, offlineAccess } = IDENTITY_SCOPE;
const { protection, introspect, authorizations, authorizationsWrite, grantQuery, grantRevoke } = SERVER_SCOPE;

const worded = (level: ScopeLevel, en: WordsText, de: WordsText): ScopeWords => ({ level, texts: { en, de } });
const seen = (en: string, de: string) => worded('see', { verb: 'see', object: en }, { verb: 'sehen', object: de });

/** Scopes of the standards, and this server's own, in words: where the operator has not worded them. */
export const STANDARD_WORDING: ReadonlyMap<string, ScopeWords> = new Map<string, ScopeWords>([
  [openid, worded('see', { verb: 'know', object: 'who you are' }, { verb: 'wiedererkennen', object: 'Sie' })],
  [profile, seen('your name and profile', 'Ihren Namen und Ihr Profil')],
  [email, seen('your e-mail address', 'Ihre E-Mail-Adresse')],
  [address, seen('your postal address', 'Ihre Postanschrift')],
  [phone, seen('your phone number', 'Ihre Telefonnummer')],
  [
    offlineAccess,
    worded(
      'act',
      { verb: 'keep', object: 'access when you are not signed in' },
      { verb: 'behalten', object: 'Zugriff auch ohne Ihre Anmeldung' },
    ),
  ],
  [
    protection,
    worded(
      'change',
      { verb: 'protect', object: 'your resources here' },
      { verb: 'schützen', object: 'Ihre Ressourcen hier' },
    ),
  ],
  [
    introspect,
    worded(
      'see',
      { verb: 'check', object: 'access that it is shown' },
      { verb: 'prüfen', object: 'vorgelegte Zugriffe' },
    ),
  ],
  [authorizations, seen('what you share', 'Ihre Freigaben')],
  [
    authorizationsWrite,
    worded(
      'share',
      { verb: 'give, approve and end', object: 'access to your things' },
      { verb: 'geben, genehmigen und beenden', object: 'Zugriff auf Ihre Sachen' },
    ),
  ],
  [grantQuery, seen('what you have allowed it', 'Ihre Erlaubnisse für diese Anwendung')],
  [
    grantRevoke,
    worded(
      'change',
      { verb: 'end', object: 'what you have allowed it' },
      { verb: 'beenden', object: 'Ihre Erlaubnisse für diese Anwendung' },
    ),
  ],
]);
