import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ClaimsVisit } from './claims-visit.js';
import type { Customer } from './customer-sign-in.js';
import type { Send } from './http.js';
import { visitPage } from './pages.js';
import { SealedCookie } from './sealed-cookie.js';
import { parseUmaChallenge } from './uma-challenge.js';
import type { UmaClient } from './uma-client.js';

const UNDER_WAY_SECONDS = 60 * 60;

export interface ClaimsRoutesOptions {
  issuer: string;
  clientId: string;
  shop: string;
  /** The only place whose photos can be asked for. */
  photos: string;
  cookieKey: string;
  uma: UmaClient;
  send: Send;
  customer: (request: FastifyRequest) => Promise<Customer | undefined>;
  show: (reply: FastifyReply, page: string) => FastifyReply;
}

/** What the browser brings back from a visit. */
interface VisitUnderWay {
  state: string;
  url: string;
}

/** The other way to a photo: the shop brings nobody's word, and the customer says at the server who she is (UMA 2.0 Grant section 3.3.2). */
export class ClaimsRoutes {
  private readonly visit: ClaimsVisit;
  private readonly underWay: SealedCookie<VisitUnderWay>;

  constructor(private readonly options: ClaimsRoutesOptions) {
    const { issuer, clientId, shop, cookieKey } = options;
    this.visit = new ClaimsVisit({ issuer, clientId, returnTo: `${shop}/claims` });
    this.underWay = new SealedCookie({
      name: 'print_shop_claims',
      key: cookieKey,
      path: '/claims',
      lifetimeSeconds: UNDER_WAY_SECONDS,
    });
  }

  register(app: FastifyInstance): void {
    app.post('/claims', (request, reply) => this.begin(request, reply));
    app.get('/claims', (request, reply) => this.finish(request, reply));
  }

  private async begin(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    if ((await this.options.customer(request)) === undefined) return reply.redirect('/', 303);
    const url = request.body instanceof URLSearchParams ? (request.body.get('photo') ?? '') : '';
    if (!URL.canParse(url) || new URL(url).origin !== this.options.photos)
      return reply.code(400).send('No photo of the photo service.');
    const { send, uma } = this.options;
    const refused = await send({ method: 'GET', url });
    const challenge = parseUmaChallenge(refused.headers.get('www-authenticate'));
    const answer = challenge && (await uma.present(challenge, { ticket: challenge.ticket }));
    if (answer?.outcome !== 'need_info' || answer.redirectUser === undefined)
      return this.tell(reply, 'The server did not ask who you are.');
    const { url: place, state } = this.visit.begin(answer.redirectUser, answer.ticket);
    return reply.header('set-cookie', await this.underWay.line({ state, url })).redirect(place, 303);
  }

  private async finish(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    // Whatever comes of it, an answer is looked at once.
    void reply.header('set-cookie', this.underWay.forgotten());
    const underWay = await this.underWay.read(request.headers.cookie);
    if (underWay === undefined) return this.tell(reply, 'This browser has begun no such visit, or too long ago.', 400);
    let ticket: string;
    try {
      ticket = this.visit.redeem(new URL(request.url, this.options.shop), underWay.state);
    } catch {
      return this.tell(reply, 'You gave nothing, or the answer was not good: alice was not asked.', 400);
    }
    return this.tell(reply, await this.outcome(ticket, underWay.url));
  }

  private async outcome(ticket: string, url: string): Promise<string> {
    const { issuer, uma, send } = this.options;
    const answer = await uma.present({ asUri: issuer }, { ticket });
    switch (answer.outcome) {
      case 'token': {
        const { status } = await send({ method: 'GET', url, headers: { authorization: `Bearer ${answer.rpt}` } });
        return status === 200
          ? 'Alice allows it: the photo service sent the photo.'
          : `Alice allows it, but the photo service answered ${status}.`;
      }
      case 'request_submitted':
        return 'Alice has not answered yet. The page of the server told you where you see her answer.';
      case 'need_info':
        return 'What you gave is not enough for alice.';
      case 'request_denied':
        return 'Alice did not allow it.';
    }
  }

  private tell(reply: FastifyReply, outcome: string, status = 200): FastifyReply {
    return this.options.show(reply.code(status), visitPage(outcome));
  }
}
