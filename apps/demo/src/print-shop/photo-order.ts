import { type Send, Unreachable } from './http.js';
import type { PartnerSignIn } from './partner-sign-in.js';
import { parseUmaChallenge, type UmaChallenge } from './uma-challenge.js';
import type { TicketAnswer, UmaClient } from './uma-client.js';

export type OrderState = 'asking' | 'waiting for the owner' | 'ready' | 'refused' | 'failed';

/** All that is known of an order; JSON. */
export interface OrderContent {
  /** Address of the photo at the photo service. */
  url: string;
  /** Who sees the order: the subject of the customer's sign-in. */
  owner: string;
  /** The customer's name at the partner, who vouches for her. */
  customer: string;
  state: OrderState;
  /** What happened so far, in words. */
  steps: string[];
  /** The photo, once the photo service has sent it. */
  photo?: string;
}

/** What an order needs from the shop. */
export interface OrderTools {
  send: Send;
  uma: UmaClient;
  partner: PartnerSignIn;
  /** Persisted claims tokens by customer: who has been asked once need not be asked again. */
  pcts: Map<string, string>;
  /** Called after each change of an order or of `pcts`, so that it can be stored. */
  changed: () => void;
}

/**
 * The shop would like to print, which is more than the photo service asks a ticket for. Named with each ticket: scopes
 * belong to a request, not to the conversation.
 */
const WANTED_BESIDES = 'print';
const LONGEST_WAIT_MS = 30 * 60_000;
const TRY_AGAIN_AFTER_MS = 1_000;

/** Whose order it is. */
export type OrderedBy = Pick<OrderContent, 'owner' | 'customer'>;

export function newOrder(url: string, { owner, customer }: OrderedBy): OrderContent {
  return { url, owner, customer, state: 'asking', steps: [] };
}

/** True while an order still has something to do. */
export function isOpen({ state }: Pick<OrderContent, 'state'>): boolean {
  return state === 'asking' || state === 'waiting for the owner';
}

/** A customer's wish for a print of one photo, from the first refused request to the picture. */
export class PhotoOrder {
  constructor(
    readonly content: OrderContent,
    private readonly tools: OrderTools,
  ) {}

  /**
   * Runs the order to its end, from its beginning: tickets are never stored, a new one asks the same question. Never
   * throws: what went wrong is in the content. While nobody answers, it tries again.
   */
  async run(): Promise<void> {
    const giveUpAt = Date.now() + LONGEST_WAIT_MS;
    for (;;) {
      try {
        return await this.attempt(giveUpAt);
      } catch (error) {
        const message = error instanceof Error ? error.message : 'Something went wrong.';
        if (!(error instanceof Unreachable) || Date.now() >= giveUpAt) return this.reach('failed', message);
        this.step(`${message}. Trying again.`);
        await pause(TRY_AGAIN_AFTER_MS);
      }
    }
  }

  private async attempt(giveUpAt: number): Promise<void> {
    const challenge = await this.fetchPhoto();
    if (!challenge) return this.reach('ready', 'The photo service sent the photo to anyone who asks.');
    const rpt = await this.obtainToken(challenge, giveUpAt);
    if (rpt === undefined) return;
    if (await this.fetchPhoto(rpt)) return this.reach('refused', 'Alice did not allow to see the photo.');
    this.step('The photo service sent the photo.');
    await this.print(rpt);
  }

  /** Fetches the photo; if that is refused, returns whom to ask for a token. */
  private async fetchPhoto(rpt?: string): Promise<UmaChallenge | undefined> {
    const headers: Record<string, string> = rpt === undefined ? {} : { authorization: `Bearer ${rpt}` };
    const answer = await this.tools.send({ method: 'GET', url: this.content.url, headers });
    if (answer.status === 200) {
      this.content.photo = answer.text;
      return undefined;
    }
    if (answer.headers.has('warning')) throw new Unreachable('The photo service cannot reach alice’s server');
    const challenge = answer.status === 401 ? parseUmaChallenge(answer.headers.get('www-authenticate')) : undefined;
    if (!challenge) throw new Error(`The photo service answered ${answer.status}`);
    if (rpt === undefined)
      this.step('The photo service wants a token from alice’s authorization server and gave a ticket for it.');
    return challenge;
  }

  /** Has the photo printed, if alice allowed that, too. */
  private async print(rpt: string): Promise<void> {
    const { url } = this.content;
    const { status } = await this.tools.send({
      method: 'POST',
      url: new URL('../prints', url).href,
      headers: { authorization: `Bearer ${rpt}` },
      json: { photo: Number(url.slice(url.lastIndexOf('/') + 1)) },
    });
    if (status === 201) return this.reach('ready', 'It is printed.');
    this.reach('ready', status === 401 ? 'No print: alice allows only to look at it.' : `No print: ${status}.`);
  }

  /** Presents one ticket after the other until there is a token, or a no. */
  private async obtainToken(challenge: UmaChallenge, giveUpAt: number): Promise<string | undefined> {
    const { uma, pcts } = this.tools;
    const pct = pcts.get(this.content.customer);
    let answer = await uma.present(challenge, { ticket: challenge.ticket, pct, scope: WANTED_BESIDES });
    while (Date.now() < giveUpAt) {
      if (answer.outcome === 'token') return this.keepToken(answer);
      if (answer.outcome === 'request_denied') return this.reach('refused', 'Alice said no.');
      answer = await uma.present(challenge, await this.nextRequest(challenge, answer));
    }
    return this.reach('failed', 'Alice did not answer in time.');
  }

  private keepToken(answer: Extract<TicketAnswer, { outcome: 'token' }>): string {
    if (answer.pct !== undefined) this.tools.pcts.set(this.content.customer, answer.pct);
    this.step('The authorization server gave a token for what alice allows, and for nothing else.');
    return answer.rpt;
  }

  private async nextRequest(
    { asUri }: UmaChallenge,
    answer: Extract<TicketAnswer, { outcome: 'need_info' | 'request_submitted' }>,
  ) {
    if (answer.outcome === 'need_info') {
      const { partner } = this.tools;
      const { customer } = this.content;
      if (!answer.issuers.includes(partner.issuer))
        throw new Error('The server wants to hear from somebody unknown here.');
      this.step(`It wants to know who is asking: the partner vouches for ${customer}.`);
      return { ticket: answer.ticket, idToken: await partner.idToken(customer, asUri), scope: WANTED_BESIDES };
    }
    if (this.content.state === 'asking')
      this.reach('waiting for the owner', 'Alice has been asked. Waiting for her answer.');
    await pause(answer.intervalSeconds * 1000);
    return { ticket: answer.ticket, scope: WANTED_BESIDES };
  }

  /** Undefined, so that `return this.reach(…)` ends what has no token to give. */
  private reach(state: OrderState, step: string): undefined {
    this.content.state = state;
    this.step(step);
  }

  private step(text: string): void {
    if (this.content.steps.at(-1) !== text) this.content.steps.push(text);
    this.tools.changed();
  }
}

/** A pause that keeps no program alive. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
