import type { SecurityMailMessages } from './security-mail-messages.js';

/** English. */
export const enSecurityMails: SecurityMailMessages = {
  subject: (host) => `How you sign in at ${host} was changed`,
  greeting: (person) => `Hello ${person},`,
  lead: (host) => `this was changed in your account at ${host}:`,
  changes: {
    password_changed: () => 'The password was changed.',
    password_recovered: () => 'A new password was chosen by a link that was sent to you.',
    operator_set_password: () => 'Whoever runs the server set a new password.',
    app_added: () => 'An authenticator app was added: signing in takes a code of it.',
    app_removed: () => 'Codes of an authenticator app were switched off, and the recovery codes with them.',
    recovery_codes_made: () => 'New recovery codes were made. Former ones no longer work.',
    passkey_added: (called) => `A passkey was added: “${called}”.`,
    passkey_removed: (called) => `A passkey was removed: “${called}”.`,
    operator_removed_app: () => 'Whoever runs the server removed the authenticator app and the recovery codes.',
    operator_removed_recovery_codes: () => 'Whoever runs the server removed the recovery codes.',
    operator_removed_passkeys: () => 'Whoever runs the server removed all passkeys.',
  },
  itWasMe: 'If it was you, or you asked for it, you need not do anything.',
  itWasNotMe: 'If it was not you, somebody else may be able to sign in as you. Please act at once:',
  choosePassword: (address) => `Choose a new password: ${address}`,
  endSessions: (address) => `End what you do not know: ${address}`,
  lookAfter: (address) => `Look at your codes and passkeys: ${address}`,
  tell: (host) => `Tell those who run ${host}.`,
};
