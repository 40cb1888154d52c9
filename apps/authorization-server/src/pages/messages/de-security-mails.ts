import type { SecurityMailMessages } from './security-mail-messages.js';

/** German. */
export const deSecurityMails: SecurityMailMessages = {
  subject: (host) => `Ihre Anmeldung bei ${host} wurde geändert`,
  greeting: (person) => `Guten Tag ${person},`,
  lead: (host) => `an Ihrem Konto bei ${host} wurde dies geändert:`,
  changes: {
    password_changed: () => 'Das Passwort wurde geändert.',
    password_recovered: () => 'Über einen Link, der Ihnen gesendet wurde, wurde ein neues Passwort gewählt.',
    operator_set_password: () => 'Wer den Server betreibt, hat ein neues Passwort gesetzt.',
    app_added: () => 'Eine Authenticator-App wurde hinzugefügt: Zum Anmelden gehört ein Code von ihr.',
    app_removed: () => 'Codes einer Authenticator-App wurden ausgeschaltet, und mit ihnen die Wiederherstellungscodes.',
    recovery_codes_made: () => 'Neue Wiederherstellungscodes wurden gemacht. Frühere gelten nicht mehr.',
    passkey_added: (called) => `Ein Passkey wurde hinzugefügt: „${called}“.`,
    passkey_removed: (called) => `Ein Passkey wurde entfernt: „${called}“.`,
    operator_removed_app: () =>
      'Wer den Server betreibt, hat die Authenticator-App und die Wiederherstellungscodes entfernt.',
    operator_removed_recovery_codes: () => 'Wer den Server betreibt, hat die Wiederherstellungscodes entfernt.',
    operator_removed_passkeys: () => 'Wer den Server betreibt, hat alle Passkeys entfernt.',
  },
  itWasMe: 'Wenn Sie das waren oder darum gebeten haben, müssen Sie nichts tun.',
  itWasNotMe: 'Wenn Sie es nicht waren, kann sich vielleicht jemand als Sie anmelden. Bitte handeln Sie sofort:',
  choosePassword: (address) => `Wählen Sie ein neues Passwort: ${address}`,
  endSessions: (address) => `Beenden Sie, was Sie nicht kennen: ${address}`,
  lookAfter: (address) => `Sehen Sie Ihre Codes und Passkeys an: ${address}`,
  tell: (host) => `Sagen Sie es denen, die ${host} betreiben.`,
};
