import { randomBytes } from 'node:crypto';

export interface ClaimsVisitOptions {
  /** The one authorization server whose tickets come back here. */
  issuer: string;
  clientId: string;
  /** Where the server sends the browser back to; registered there among `claims_redirect_uris`. */
  returnTo: string;
}

/** A customer's visit at the claims interaction endpoint (UMA 2.0 Grant section 3.3.2): the shop's part of it. */
export class ClaimsVisit {
  constructor(private readonly options: ClaimsVisitOptions) {}

  /**
   * Where to send the browser, and the `state` to remember for it until it comes back.
   * @param redirectUser - what `need_info` named
   * @param ticket - the newest one; it is used up there
   */
  begin(redirectUser: string, ticket: string): { url: string; state: string } {
    const state = randomBytes(16).toString('base64url');
    const url = new URL(redirectUser);
    const { clientId, returnTo } = this.options;
    for (const [name, value] of Object.entries({ client_id: clientId, ticket, claims_redirect_uri: returnTo, state }))
      url.searchParams.set(name, value);
    return { url: url.href, state };
  }

  /**
   * The ticket to go on with, from the address that the browser came back to. Throws if that is another address, an answer to
   * another visit or of another server (a ticket could be slipped in, or be sent to the wrong server), or if she gave nothing.
   */
  redeem(callback: URL, state: string): string {
    const { issuer, returnTo } = this.options;
    const parameters = callback.searchParams;
    if (callback.origin + callback.pathname !== returnTo) throw new Error('The browser came back somewhere else');
    if (parameters.get('state') !== state) throw new Error('The answer is to another visit');
    if (parameters.get('iss') !== issuer) throw new Error('The answer is of another server');
    const ticket = parameters.get('ticket');
    if (ticket === null) throw new Error(`No claims were given: ${parameters.get('error') ?? 'no ticket came back'}`);
    return ticket;
  }
}
