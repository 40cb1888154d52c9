import { CLAIM_TOKEN_FORMAT_ID_TOKEN, GRANT_TYPE } from '@valetkey/protocol';
import type { Send, ShopAnswer } from './http.js';
import type { UmaChallenge } from './uma-challenge.js';

/** What the token endpoint can say to a ticket (UMA 2.0 Grant section 3.3.5 and 3.3.6). */
export type TicketAnswer =
  | { outcome: 'token'; rpt: string; pct: string | undefined }
  /**
   * The server must know who asks: come again with this ticket and a claim token of one of these issuers, or send the
   * person there with it (`redirectUser`), where the server asks her itself.
   */
  | { outcome: 'need_info'; ticket: string; issuers: string[]; redirectUser: string | undefined }
  /** The owner has been asked: come again with this ticket after `intervalSeconds`. */
  | { outcome: 'request_submitted'; ticket: string; intervalSeconds: number }
  /** No. There is no ticket to come back with (UG-53). */
  | { outcome: 'request_denied' };

/** What accompanies a ticket. */
export interface TicketRequest {
  ticket: string;
  /** An ID token about the person on whose behalf the client asks. */
  idToken?: string | undefined;
  /** What an earlier process of the same person left, so that claims need not be pushed again. */
  pct?: string | undefined;
  /** Scopes to ask for beyond those that the resource server wants for the request at hand. */
  scope?: string;
}

export interface UmaClientOptions {
  clientId: string;
  secret: string;
  /** The one authorization server that this client has credentials for. */
  issuer: string;
  send: Send;
}

/** A UMA client at the token endpoint: turns tickets into requesting party tokens. */
export class UmaClient {
  private tokenEndpoint: string | undefined;

  constructor(private readonly options: UmaClientOptions) {}

  /**
   * Presents a ticket. Each ticket can be presented once; go on with the one in the answer.
   * Throws if the challenge names another server than the client's own: a hostile resource server must not be able to
   * send the client's secret somewhere else (RFC 9700 section 4.4, mix-up).
   */
  async present({ asUri }: Pick<UmaChallenge, 'asUri'>, request: TicketRequest): Promise<TicketAnswer> {
    if (asUri !== this.options.issuer) throw new Error(`No credentials for the authorization server ${asUri}`);
    const { clientId, secret, send } = this.options;
    const answer = await send({
      method: 'POST',
      url: await this.endpoint(),
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
      form: ticketForm(request),
    });
    return ticketAnswer(answer);
  }

  private async endpoint(): Promise<string> {
    if (this.tokenEndpoint === undefined) {
      const { issuer, send } = this.options;
      const { json } = await send({ method: 'GET', url: `${issuer}/.well-known/uma2-configuration` });
      if (json['issuer'] !== issuer) throw new Error('The metadata is of another issuer');
      this.tokenEndpoint = String(json['token_endpoint']);
    }
    return this.tokenEndpoint;
  }
}

function ticketForm({ ticket, idToken, pct, scope }: TicketRequest): Record<string, string> {
  return {
    grant_type: GRANT_TYPE.umaTicket,
    ticket,
    ...(idToken === undefined ? {} : { claim_token: idToken, claim_token_format: CLAIM_TOKEN_FORMAT_ID_TOKEN }),
    ...(pct === undefined ? {} : { pct }),
    ...(scope === undefined ? {} : { scope }),
  };
}

function ticketAnswer({ status, json }: ShopAnswer): TicketAnswer {
  if (status === 200) return { outcome: 'token', rpt: text(json, 'access_token'), pct: optionalText(json, 'pct') };
  switch (json['error']) {
    case 'need_info':
      return {
        outcome: 'need_info',
        ticket: text(json, 'ticket'),
        issuers: wantedIssuers(json['required_claims']),
        redirectUser: optionalText(json, 'redirect_user'),
      };
    case 'request_submitted':
      return {
        outcome: 'request_submitted',
        ticket: text(json, 'ticket'),
        intervalSeconds: Number(json['interval'] ?? 5),
      };
    case 'request_denied':
      return { outcome: 'request_denied' };
    default:
      throw new Error(`The token endpoint answered ${status} ${optionalText(json, 'error') ?? ''}`);
  }
}

/** The issuers whose word would help, out of `required_claims` (each entry may name several). */
function wantedIssuers(claims: unknown): string[] {
  if (!Array.isArray(claims)) return [];
  return claims.flatMap((claim: { issuer?: unknown }) => (Array.isArray(claim.issuer) ? claim.issuer.map(String) : []));
}

function text(json: Record<string, unknown>, name: string): string {
  const value = json[name];
  if (typeof value === 'string') return value;
  throw new Error(`The answer of the token endpoint lacks "${name}"`);
}

function optionalText(json: Record<string, unknown>, name: string): string | undefined {
  const value = json[name];
  return typeof value === 'string' ? value : undefined;
}
