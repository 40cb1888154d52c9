import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AuthorizationResponseError } from 'openid-client';
import type { Customer, CustomerSignIn, SignInUnderWay } from './customer-sign-in.js';
import { signInFailedPage } from './pages.js';
import { SealedCookie } from './sealed-cookie.js';

const UNDER_WAY_SECONDS = 10 * 60;
const SIGNED_IN_SECONDS = 8 * 60 * 60;

export interface SignInRoutesOptions {
  signIn: CustomerSignIn;
  shop: string;
  cookieKey: string;
  /** Shows a page of the shop. */
  show: (reply: FastifyReply, page: string) => FastifyReply;
}

/** The shop's customers as they come and go: what it knows of them is in sealed cookies of their browsers. */
export class SignInRoutes {
  private readonly underWay: SealedCookie<SignInUnderWay>;
  private readonly signedIn: SealedCookie<Customer>;

  constructor(private readonly options: SignInRoutesOptions) {
    const key = options.cookieKey;
    this.underWay = new SealedCookie({
      name: 'print_shop_sign_in',
      key,
      path: '/callback',
      lifetimeSeconds: UNDER_WAY_SECONDS,
    });
    this.signedIn = new SealedCookie({ name: 'print_shop', key, path: '/', lifetimeSeconds: SIGNED_IN_SECONDS });
  }

  /** Undefined when nobody has signed in with this browser. */
  customer(request: FastifyRequest): Promise<Customer | undefined> {
    return this.signedIn.read(request.headers.cookie);
  }

  register(app: FastifyInstance): void {
    app.post('/sign-in', (_request, reply) => this.begin(reply));
    app.get('/callback', (request, reply) => this.finish(request, reply));
    app.post('/sign-out', (request, reply) => this.signOut(request, reply));
  }

  private async begin(reply: FastifyReply): Promise<FastifyReply> {
    const { url, underWay } = await this.options.signIn.begin();
    return reply.header('set-cookie', await this.underWay.line(underWay)).redirect(url, 303);
  }

  private async finish(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    // Whatever comes of it, an answer is looked at once.
    void reply.header('set-cookie', this.underWay.forgotten());
    const underWay = await this.underWay.read(request.headers.cookie);
    if (underWay === undefined) return this.failed(reply, 'this browser has begun no sign-in here, or too long ago');
    const { signIn, shop } = this.options;
    try {
      const customer = await signIn.customer(await signIn.redeem(`${shop}${request.url}`, underWay));
      return reply.header('set-cookie', await this.signedIn.line(customer)).redirect('/', 303);
    } catch (error) {
      if (error instanceof AuthorizationResponseError && error.error === 'access_denied')
        return this.failed(reply, 'you did not allow it');
      return this.failed(reply, 'the answer of the authorization server was not good');
    }
  }

  private async signOut(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const customer = await this.customer(request);
    const next = customer === undefined ? '/' : await this.options.signIn.signOutUrl(customer.idToken);
    return reply.header('set-cookie', this.signedIn.forgotten()).redirect(next, 303);
  }

  private failed(reply: FastifyReply, why: string): FastifyReply {
    return this.options.show(reply.code(400), signInFailedPage(why));
  }
}
