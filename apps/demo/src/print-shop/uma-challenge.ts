/** What a resource server says to a request without a good token (UMA 2.0 Grant section 3.2.1). */
export interface UmaChallenge {
  /** Issuer of the authorization server that guards the resource. */
  asUri: string;
  ticket: string;
}

const PARAMETER = /([a-z_]+)="((?:[^"\\]|\\.)*)"/gi;

/** Reads a `WWW-Authenticate: UMA …` header; undefined if it is none, or lacks a part. */
export function parseUmaChallenge(header: string | null): UmaChallenge | undefined {
  if (!header || !/^uma\s/i.test(header)) return undefined;
  const parameters = new Map(
    [...header.matchAll(PARAMETER)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      value.replace(/\\(.)/g, '$1'),
    ]),
  );
  const asUri = parameters.get('as_uri');
  const ticket = parameters.get('ticket');
  return asUri && ticket ? { asUri, ticket } : undefined;
}
