import type { Send } from './http.js';
import type { PartnerSignIn } from './partner-sign-in.js';
import { parseUmaChallenge, type UmaChallenge } from './uma-challenge.js';
import type { TicketAnswer, UmaClient } from './uma-client.js';

export type OrderState = 'asking' | 'waiting for the owner' | 'ready' | 'refused' | 'failed';

/** What an order needs from the shop. */
export interface OrderTools {
  send: Send;
  uma: UmaClient;
  partner: PartnerSignIn;
  /** Persisted claims tokens by customer: who has been asked once need not be asked again. */
  pcts: Map<string, string>;
}

const LONGEST_WAIT_MS = 30 * 60_000;

/** A customer's wish for one photo, from the first refused request to the picture. */
export class PhotoOrder {
  state: OrderState = 'asking';
  photo: string | undefined;
  /** What happened so far, in words. */
  readonly steps: string[] = [];

  constructor(
    readonly url: string,
    readonly customer: string,
    private readonly tools: OrderTools,
  ) {}

  /** Runs the order to its end. Never throws: what went wrong is in `state` and `steps`. */
  async run(): Promise<void> {
    try {
      const challenge = await this.tryToFetch();
      if (!challenge) return;
      const rpt = await this.obtainToken(challenge);
      if (rpt !== undefined && (await this.tryToFetch(rpt))) this.end('refused', 'The token was not good enough.');
    } catch (error) {
      this.end('failed', error instanceof Error ? error.message : 'Something went wrong.');
    }
  }

  /** Fetches the photo; if that is refused, returns whom to ask for a token. */
  private async tryToFetch(rpt?: string): Promise<UmaChallenge | undefined> {
    const headers: Record<string, string> = rpt === undefined ? {} : { authorization: `Bearer ${rpt}` };
    const answer = await this.tools.send({ method: 'GET', url: this.url, headers });
    if (answer.status === 200) {
      this.photo = answer.text;
      this.end('ready', 'The photo service sent the photo.');
      return undefined;
    }
    const challenge = answer.status === 401 ? parseUmaChallenge(answer.headers.get('www-authenticate')) : undefined;
    if (!challenge) throw new Error(`The photo service answered ${answer.status}`);
    this.steps.push('The photo service wants a token from alice’s authorization server and gave a ticket for it.');
    return challenge;
  }

  /** Presents one ticket after the other until there is a token, or a no. */
  private async obtainToken(challenge: UmaChallenge): Promise<string | undefined> {
    const giveUpAt = Date.now() + LONGEST_WAIT_MS;
    const { uma, pcts } = this.tools;
    let answer = await uma.present(challenge, { ticket: challenge.ticket, pct: pcts.get(this.customer) });
    while (Date.now() < giveUpAt) {
      if (answer.outcome === 'token') return this.keepToken(answer);
      if (answer.outcome === 'request_denied') return this.end('refused', 'The request was denied.');
      answer = await uma.present(challenge, await this.nextRequest(challenge, answer));
    }
    return this.end('failed', 'Alice did not answer in time.');
  }

  private keepToken(answer: Extract<TicketAnswer, { outcome: 'token' }>): string {
    if (answer.pct !== undefined) this.tools.pcts.set(this.customer, answer.pct);
    this.steps.push('The authorization server gave a token for exactly this.');
    return answer.rpt;
  }

  private async nextRequest(
    { asUri }: UmaChallenge,
    answer: Extract<TicketAnswer, { outcome: 'need_info' | 'request_submitted' }>,
  ) {
    if (answer.outcome === 'need_info') {
      const { partner } = this.tools;
      if (!answer.issuers.includes(partner.issuer))
        throw new Error('The server wants to hear from somebody unknown here.');
      this.steps.push(`It wants to know who is asking: the partner vouches for ${this.customer}.`);
      return { ticket: answer.ticket, idToken: await partner.idToken(this.customer, asUri) };
    }
    if (this.state !== 'waiting for the owner') this.steps.push('Alice has been asked. Waiting for her answer.');
    this.state = 'waiting for the owner';
    await new Promise((resolve) => setTimeout(resolve, answer.intervalSeconds * 1000).unref());
    return { ticket: answer.ticket };
  }

  private end(state: OrderState, step: string): undefined {
    this.state = state;
    this.steps.push(step);
  }
}
