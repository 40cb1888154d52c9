import type { ProblemList } from '../problem-list.js';
import type { SettingsDraft } from '../schema/settings.schema.js';
import { isLoopbackHost } from '../schema/url-checks.js';

/** Rules of the groups that concern people: sessions and mail. */
export function checkSignIn(draft: SettingsDraft, problems: ProblemList): void {
  const { session_idle: idle, session_lifetime: lifetime } = draft.sign_in;
  if (idle !== undefined && lifetime !== undefined && idle > lifetime) {
    problems.addUnlessReported(['sign_in', 'session_idle'], 'must not be longer than sign_in.session_lifetime');
  }
  checkMail(draft, problems);
}

function checkMail({ mail }: SettingsDraft, problems: ProblemList): void {
  const { smtp_username: username, smtp_password: password } = mail;
  if (mail.smtp_host !== undefined) checkRelay(mail.smtp_host, mail.smtp_security, problems);
  else if (!problems.has(['mail', 'smtp_host'])) {
    for (const member of ['smtp_port', 'smtp_username', 'smtp_password'] as const) {
      if (mail[member] === undefined) continue;
      problems.addUnlessReported(['mail', member], 'must not be given without mail.smtp_host');
    }
  }
  if ((username === undefined) !== (password === undefined)) {
    const missing = username === undefined ? 'smtp_username' : 'smtp_password';
    problems.addUnlessReported(['mail', missing], 'is required: user name and password belong together');
  }
}

/** What goes to another machine has links in it that open accounts. */
function checkRelay(host: string, security: string | undefined, problems: ProblemList): void {
  if (security !== 'none' || isLoopbackHost(host === '::1' ? '[::1]' : host)) return;
  const message = 'must protect the connection: mail.smtp_host is another machine';
  problems.addUnlessReported(['mail', 'smtp_security'], message);
}
