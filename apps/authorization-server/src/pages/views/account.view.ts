import type { Instant } from '@valetkey/kernel';
import type { TimeFrame } from '../kit/dates.js';
import { past } from '../kit/dates.js';
import type { Html, HtmlValue } from '../kit/html.js';
import { html } from '../kit/html.js';
import type { PageLink, PageView } from '../kit/page-view.js';
import { heading, links, signedInLine } from '../kit/parts.js';
import { fill } from '../kit/sentence.js';
import type { Messages } from '../messages/messages.js';

/** My account: how she signs in, with a way to each part. */
export interface AccountModel {
  readonly time: TimeFrame;
  readonly account: string;
  /** Absent for who has no password. */
  readonly passwordChangedAt?: Instant;
  readonly hasCodes: boolean;
  readonly codesLeft: number;
  /** Absent where there cannot be any. */
  readonly passkeys?: number;
  /** Where its parts are; `password` is the recovery for who has none. */
  readonly urls: Readonly<
    Record<'password' | 'codes' | 'passkeys' | 'sessions' | 'applications' | 'notices' | 'signOut', string>
  >;
}

export function accountView(model: AccountModel, messages: Messages): PageView {
  const { account } = messages;
  const { urls } = model;
  return {
    title: account.title,
    body: html`${signedInLine(messages, model.account, urls.signOut)} ${heading(account.title, account.lead)}
      <ul role="list">
        ${part(account.password, passwordLine(model, messages), { label: account.changePassword, url: urls.password })}
        ${part(account.codes, codesLine(model, messages), { label: account.manageCodes, url: urls.codes })}
        ${model.passkeys !== undefined && part(account.passkeys, account.passkeyCount(model.passkeys), { label: account.managePasskeys, url: urls.passkeys })}
        ${part(account.sessions, account.sessionsLine, { label: account.showSessions, url: urls.sessions })}
        ${part(account.applications, account.applicationsLine, { label: account.showApplications, url: urls.applications })}
        ${part(account.notices, account.noticesLine, { label: account.chooseNotices, url: urls.notices })}
      </ul>
      ${links([{ label: account.signOut, url: urls.signOut }])}`,
  };
}

function part(title: string, line: HtmlValue, { label, url }: PageLink): Html {
  return html`<li class="item">
    <div class="facts">
      <h2 class="section">${title}</h2>
      <p class="quiet">${line}</p>
      <a class="link" href="${url}">${label}</a>
    </div>
  </li>`;
}

function passwordLine({ passwordChangedAt, time }: AccountModel, { account, locale }: Messages): HtmlValue {
  if (passwordChangedAt === undefined) return account.noPassword;
  return fill(account.changed, past(passwordChangedAt, time, locale));
}

function codesLine({ hasCodes, codesLeft }: AccountModel, { account }: Messages): HtmlValue {
  if (!hasCodes) return account.codesOff;
  return html`${account.codesOn} ${account.codesLeft(codesLeft)}`;
}
