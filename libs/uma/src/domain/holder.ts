import { sha256 } from '@valetkey/kernel';
import type { Party } from '@valetkey/authorizations';
import type { Policy } from './policy.js';

/** Handle of a person whom a partner names, in the owner API: equal for the same person, and nothing leads back from it. */
function partnerHandle(issuer: string, subject: string): string {
  return `partner:${sha256(`${issuer}\n${subject}`)}`;
}

/**
 * Handle of whoever holds what a policy permits: a person, an application, or, where the policy describes people instead of naming
 * one, the policy itself.
 */
export function holderOf({ id, subject, clientId }: Pick<Policy, 'id' | 'subject' | 'clientId'>): string {
  switch (subject.type) {
    case 'account':
      return `account:${subject.accountId}`;
    case 'partner':
      return partnerHandle(subject.issuer, subject.subject);
    case 'client':
      return `client:${clientId ?? ''}`;
    case 'claim':
    case 'anyone':
      return `policy:${id}`;
  }
}

/** Handle of a requesting party. */
export function handleOfParty({ accountId, issuer, subject }: Party): string {
  return accountId === undefined ? partnerHandle(issuer, subject) : `account:${accountId}`;
}

/**
 * Handle of whoever a token is about.
 * @param subject - as tokens name her: `account:<id>`, or `partner:<issuer>` and her name there on a line of its own; `null`: the client itself
 */
export function handleOfToken({
  subject,
  clientId,
}: {
  readonly subject: string | null;
  readonly clientId: string;
}): string {
  if (subject === null) return `client:${clientId}`;
  const [, issuer, name] = /^partner:([^\n]*)\n([^]*)$/.exec(subject) ?? [];
  return issuer === undefined || name === undefined ? subject : partnerHandle(issuer, name);
}

/**
 * What the owner reads a party by: the name that came with what she gave. Who signed in at this server and withheld it is told of by her
 * account alone, which is her subject here, and not by the name that her account has. `undefined` where a partner said none.
 */
export function toldName({
  name,
  accountId,
  subject,
}: Pick<Party, 'name' | 'accountId' | 'subject'>): string | undefined {
  return name ?? (accountId === subject ? accountId : undefined);
}
