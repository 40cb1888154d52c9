import { Inject, Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import type {
  AuthorizationOptions,
  AuthorizationRequest,
  AuthorizationStep,
  Consented,
  PresentSession,
} from '@valetkey/oauth';
import { AUTHORIZATION_OPTIONS, Consents, decideStep, lastingDetails } from '@valetkey/oauth';
import { IdTokenHints } from '../../interaction/id-token-hints.service.js';
import { ReachableAcr } from '../../interaction/reachable-acr.service.js';

/** What a request needs next; an answer is one by what she gave before, as it was found. */
export type NextAuthorizationStep =
  | Exclude<AuthorizationStep, { step: 'answer' }>
  | (Extract<AuthorizationStep, { step: 'answer' }> & { readonly before: Consented });

/** What a request needs next, of a browser with this session. */
@Injectable()
export class AuthorizationSteps {
  constructor(
    private readonly consents: Consents,
    private readonly hints: IdTokenHints,
    private readonly reachable: ReachableAcr,
    private readonly clock: Clock,
    @Inject(AUTHORIZATION_OPTIONS) private readonly options: Pick<AuthorizationOptions, 'authorizationDetailsTypes'>,
  ) {}

  async next(
    request: AuthorizationRequest,
    client: Client,
    session: Session | undefined,
  ): Promise<NextAuthorizationStep> {
    const now = this.clock.now();
    if (!session) return resting(decideStep(request, undefined, undefined, now), undefined);
    const consented = await this.consents.find(session.accountId, client.id);
    const before = consented && {
      ...consented,
      authorizationDetails: lastingDetails(consented.authorizationDetails, this.options.authorizationDetailsTypes),
      isUnproven: isUnproven(client, request),
    };
    const step = decideStep(request, await this.present(session, request, client), before, now);
    const mayGo = step.step === 'sign_in' || (await this.isHerGrant(request, session));
    return mayGo ? resting(step, consented) : { step: 'error', code: 'invalid_grant_id' };
  }

  /** Grant Management section 5: a grant that is named is one of whoever is signed in. */
  private async isHerGrant({ grantId, clientId }: AuthorizationRequest, { accountId }: Session): Promise<boolean> {
    return grantId === undefined || this.consents.isTheirs(grantId, accountId, clientId);
  }

  /** What else the decision needs to know of her. */
  private async present(
    session: Session,
    { idTokenHint, acrValues, subjects }: AuthorizationRequest,
    client: Client,
  ): Promise<PresentSession> {
    const hint = idTokenHint === undefined ? undefined : await this.hints.read(idTokenHint);
    return {
      ...session,
      isMeant: subjects?.includes(this.hints.nameOf(session.accountId, client)) === true,
      isHinted: hint !== undefined && this.hints.isAbout(hint, session),
      ...(acrValues.length > 0 && { reachableAcr: await this.reachable.of(session) }),
    };
  }
}

/** Nothing is answered but by what she gave. */
function resting(step: AuthorizationStep, before: Consented | undefined): NextAuthorizationStep {
  if (step.step !== 'answer') return step;
  if (!before) throw new Error('an answer that rests on nothing');
  return { ...step, before };
}

/**
 * Whether any program of the device could ask in the client's name and get the answer: it has no secret, and its address is a
 * port or a scheme that others can take, too (RFC 8252 sections 8.4 and 8.6).
 */
function isUnproven({ type }: Client, { redirectUri }: AuthorizationRequest): boolean {
  return type === 'public' && !redirectUri.startsWith('https:');
}
