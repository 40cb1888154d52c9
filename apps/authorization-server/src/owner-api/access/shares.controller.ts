import { Body, Controller, Headers, Param, Post, Put, Req, Res, UseGuards } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { OAuthError } from '@valetkey/oauth';
import type { AccessRow, ListAnswer } from '@valetkey/owner-contract';
import type { PolicyChangeProblem } from '@valetkey/uma';
import { OwnerPolicies, OwnerShares, PolicyStore } from '@valetkey/uma';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { entityTag, requiredVersions } from '../../http/if-match.js';
import type { Languages } from '../owner-names.service.js';
import { languagesOf } from '../owner-pages.js';
import { parseBody } from '../owner-schemas.js';
import { policyProblem } from '../policy-problem.js';
import { Changes, comesBySession, Owner, OwnerGuard } from '../owner.guard.js';
import { PresentShares } from './present-shares.service.js';
import { VersionDiffers } from './present-version.js';
import { shareChangeSchema, shareSchema } from './share-schemas.js';
import { ShareTerms } from './share-terms.service.js';

const PASSING = { passthrough: true };

/** {issuer}/me/shares: the owner shares, and changes what she shares. */
@Controller('me/shares')
@UseGuards(OwnerGuard)
export class SharesController {
  constructor(
    private readonly shares: OwnerShares,
    private readonly policies: OwnerPolicies,
    private readonly store: PolicyStore,
    private readonly terms: ShareTerms,
    private readonly present: PresentShares,
  ) {}

  /** Up to a hundred resources with one holder: all of it or nothing. */
  @Post()
  @Changes()
  async create(
    @Owner() owner: OwnerId,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<ListAnswer<AccessRow>> {
    const { note, through, from, ...draft } = parseBody(shareSchema, body, 'share_malformed');
    const terms = await this.terms.of(
      owner,
      {
        ...draft,
        ...(note !== undefined && { note }),
        ...(through !== undefined && { through }),
        ...(from !== undefined && { from }),
      },
      comesBySession(request),
    );
    const made = await this.shares.create(owner, draft.resource_ids, terms);
    if (typeof made === 'string') throw policyProblem(made);
    return { items: await this.present.rows(owner, made, languagesOf(accepted)) };
  }

  /** Changes what and how long; for whom stays. */
  @Put(':id')
  @Changes()
  async replace(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res(PASSING) reply: FastifyReply,
  ): Promise<AccessRow> {
    const expected = requiredVersions(reply.request.headers['if-match']);
    const { scopes, from, until } = parseBody(shareChangeSchema, body, 'share_malformed');
    const languages = languagesOf(reply.request.headers['accept-language']);
    const [, policyId] = /^share:(.+)$/.exec(id) ?? [];
    const policy = policyId === undefined ? undefined : await this.store.find(policyId, owner);
    if (!policy) throw new OAuthError('not_found', 'not_found');
    const changed = await this.terms.changed({ scopes, from, until }, comesBySession(reply.request));
    const outcome = await this.policies.replace(owner, policy.id, { ...policy, ...changed }, expected);
    if (typeof outcome === 'string') throw await this.changeProblem(owner, policy.id, outcome, languages);
    reply.header('etag', entityTag(outcome.version));
    return this.present.row(owner, outcome.id, languages);
  }

  private async changeProblem(
    owner: OwnerId,
    id: string,
    outcome: PolicyChangeProblem,
    languages: Languages,
  ): Promise<OAuthError> {
    if (outcome !== 'stale') return policyProblem(outcome);
    return new VersionDiffers(await this.present.row(owner, id, languages));
  }
}
