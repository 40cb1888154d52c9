export { FileMail } from './file-mail.js';
export { MailFailure, whyNotSent } from './mail-failure.js';
export type { MailFailureReason } from './mail-failure.js';
export { MailModule } from './mail.module.js';
export type { MailOptions } from './mail.module.js';
export { Mail } from './mail.js';
export type { MailMessage } from './mail.js';
export { SmtpMail } from './smtp-mail.js';
export type { SmtpOptions } from './smtp-mail.js';
