/** Why a relay did not take a message, for the log: what operators can do something about. */
export type MailFailureReason =
  /** Nobody answers, or not in time, or the connection broke. */
  | 'relay_unreachable'
  /** It does not protect the connection, or somebody before it took the offer away. */
  | 'relay_without_tls'
  /** Its certificate is of no trusted authority, of another machine, or over. */
  | 'relay_not_trusted'
  | 'relay_login_refused'
  /** It takes no such message. */
  | 'relay_refused'
  | 'unknown';

/** Thrown for a message that a relay did not take. It holds neither the message nor what the relay said, which may quote it. */
export class MailFailure extends Error {
  constructor(readonly reason: MailFailureReason) {
    super(`the mail relay did not take the message (${reason})`);
  }

  /** What the package for SMTP threw, told by its codes. */
  static from(cause: unknown): MailFailure {
    return new MailFailure(reasonOf(codeOf(cause, 'code'), codeOf(cause, 'originalCode')));
  }
}

/** Why a message was not sent, as the log may hold it: of other errors the name alone. */
export function whyNotSent(cause: unknown): string {
  if (cause instanceof MailFailure) return cause.reason;
  return cause instanceof Error ? cause.name : 'unknown';
}

const REASONS: Readonly<Record<string, MailFailureReason>> = {
  EAUTH: 'relay_login_refused',
  ENOAUTH: 'relay_login_refused',
  ETLS: 'relay_without_tls',
  ECONNECTION: 'relay_unreachable',
  ETIMEDOUT: 'relay_unreachable',
  ESOCKET: 'relay_unreachable',
  EDNS: 'relay_unreachable',
  EENVELOPE: 'relay_refused',
  EMESSAGE: 'relay_refused',
  EPROTOCOL: 'relay_refused',
};
/** What Node says of a chain that it does not trust: reasons of X.509 and of the name in it. */
const DISTRUST = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY|DECRYPT)|INVALID_(?:CA|PURPOSE)|_MISMATCH|CRL/;

function reasonOf(code: string, original: string): MailFailureReason {
  if (original.startsWith('ERR_SSL_')) return 'relay_without_tls';
  if (DISTRUST.test(original)) return 'relay_not_trusted';
  return REASONS[code] ?? 'unknown';
}

function codeOf(cause: unknown, member: 'code' | 'originalCode'): string {
  if (!(cause instanceof Error)) return '';
  const value: unknown = Object.getOwnPropertyDescriptor(cause, member)?.value;
  return typeof value === 'string' ? value : '';
}
