import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { ClientRegistry } from '@valetkey/clients';
import type { AccessRequest, Approval } from '@valetkey/uma';
import { AccessRequestStore } from '@valetkey/uma';
import { SharingWindow } from '../access/sharing-window.service.js';
import type { ApprovalBody } from '../owner-schemas.js';
import { approvalSchema, parseBody } from '../owner-schemas.js';
import { DescribedScopes } from '../wording/described-scopes.service.js';

/** What an owner says yes to, as far as the operator lets her. */
@Injectable()
export class ApprovalTerms {
  constructor(
    private readonly requests: AccessRequestStore,
    private readonly window: SharingWindow,
    private readonly described: DescribedScopes,
    private readonly clients: ClientRegistry,
  ) {}

  /** The owner's request that waits and can be given nothing, because its application is suspended or gone; `undefined` for others. */
  async withoutHolder(owner: OwnerId, id: string): Promise<AccessRequest | undefined> {
    const request = await this.requests.findOfOwner(id, owner);
    if (request?.state !== 'pending') return undefined;
    return (await this.clients.findEnabled(request.clientId)) ? undefined : request;
  }

  /**
   * By a token: clients of the API may leave the end away, as they always could, and it is the latest one then.
   * @throws OAuthError invalid_request when the body does not fit, and for an end that is past or too late
   */
  byToken(body: unknown): Approval {
    const { from, until, scopes } = parsed(body);
    return { ...this.window.bounded({ from, until }, 'decision_malformed'), ...scopesOf(scopes) };
  }

  /**
   * At a page of ours: what is not described cannot be given, nor for longer than the operator lets her share.
   * @throws OAuthError invalid_request as above and for an end that is missing or too late, invalid_state scope_not_described
   */
  async bySession(owner: OwnerId, id: string, body: unknown): Promise<Approval> {
    const { from, until, scopes } = parsed(body);
    const window = this.window.of({ from, until }, 'decision_malformed');
    const asked = scopes ? [] : ((await this.requests.findOfOwner(id, owner))?.permissions ?? []);
    const given = scopes ? Object.values(scopes).flat() : asked.flatMap((one) => one.scopes);
    await this.described.require(given);
    return { ...window, ...scopesOf(scopes) };
  }
}

function parsed(body: unknown): Pick<ApprovalBody, 'from' | 'scopes'> & { readonly until: string | null } {
  const { scopes, from, expires_at: end, until = end } = parseBody(approvalSchema, body ?? {}, 'decision_malformed');
  return { scopes, from, until: until ?? null };
}

function scopesOf(scopes: ApprovalBody['scopes']): Pick<Approval, 'scopes'> {
  return scopes ? { scopes: new Map(Object.entries(scopes)) } : {};
}
