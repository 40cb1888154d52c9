import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import type { OwnerId } from '@valetkey/authorizations';
import { OwnerEndStore } from '@valetkey/authorizations';
import type { AccessRow, RequestView } from '@valetkey/owner-contract';
import type { AccessRequest, Policy } from '@valetkey/uma';
import { ShareStore } from '@valetkey/uma';
import { isoText } from '../iso-text.js';
import type { ConsoleWords } from '../naming/console-words.js';
import { ConsoleNames } from '../naming/console-names.service.js';
import { entryOfPolicy } from '../access/access-entry.js';
import { accessRow } from '../access/access-row.js';
import { isOverruled } from '../access/overruled-share.js';
import type { Languages } from '../owner-names.service.js';
import { EndedGifts } from './ended-gifts.service.js';
import type { RequestContext } from './request-contexts.service.js';
import { RequestContexts } from './request-contexts.service.js';
import { vouchingAnswer } from './vouching-answer.js';

/** What is told of one request. */
interface Told {
  readonly context: RequestContext;
  readonly given: readonly Policy[];
  readonly over: readonly AccessRow[];
  readonly isOverruled: (policy: Policy) => boolean;
  readonly words: ConsoleWords;
  readonly now: Instant;
}

/** Turns requests into the cards on which their owner answers them; a page costs a few reads, however long it is. */
@Injectable()
export class RequestViews {
  constructor(
    private readonly shares: ShareStore,
    private readonly contexts: RequestContexts,
    private readonly endedGifts: EndedGifts,
    private readonly ends: OwnerEndStore,
    private readonly names: ConsoleNames,
    private readonly clock: Clock,
  ) {}

  async of(owner: OwnerId, requests: readonly AccessRequest[], languages: Languages): Promise<RequestView[]> {
    const contextOf = await this.contexts.of(owner, requests);
    const approved = requests.filter(({ state }) => state === 'approved');
    const given = await this.shares.ofRequests(
      owner,
      approved.map(({ id }) => id),
    );
    const endedOf = await this.endedGifts.of(owner, approved, given, languages);
    const contexts = new Map(requests.map((request) => [request.id, contextOf(request)]));
    const policies = [...given, ...[...contexts.values()].flatMap(({ others }) => others)];
    const words = await this.names.of(spokenIn(requests, policies), languages);
    const ends = given.length === 0 ? undefined : await this.ends.ofOwner(owner);
    const now = this.clock.now();
    return requests.map((request) =>
      viewOf(request, {
        context: contextOf(request),
        given: given.filter(({ requestId }) => requestId === request.id),
        over: endedOf(request.id),
        isOverruled: (policy) =>
          ends !== undefined && isOverruled(owner, { ...policy, resourceServerId: request.resourceServerId }, ends),
        words,
        now,
      }),
    );
  }
}

function spokenIn(requests: readonly AccessRequest[], policies: readonly Policy[]) {
  return {
    parties: requests.map(({ party }) => party),
    clients: requests.map(({ clientId }) => clientId),
    servers: requests.map(({ resourceServerId }) => resourceServerId),
    resourceIds: requests.flatMap(({ permissions }) => permissions.map(({ resourceId }) => resourceId)),
    scopes: requests.flatMap(({ permissions }) => permissions.flatMap(({ scopes }) => scopes)),
    policies,
  };
}

function viewOf(request: AccessRequest, told: Told): RequestView {
  const { context, words, now } = told;
  const expired = request.state === 'pending' && now >= request.expiresAt;
  const { resourceServerId, why } = request;
  return {
    id: request.id,
    version: String(request.version),
    state: expired ? 'expired' : request.state,
    who: words.subjects.party(request.party),
    vouched: (request.vouched ?? []).map((one) => vouchingAnswer(one, words)),
    through: words.subjects.client(request.clientId),
    asked: request.permissions.map(({ resourceId, name, scopes }) => ({
      resource: words.resource(resourceId, { resourceServerId, ...(name !== undefined && { name }) }),
      scopes: words.scopes(scopes),
    })),
    asked_at: isoText(request.createdAt) ?? '',
    expires_at: isoText(request.expiresAt) ?? '',
    context: contextAnswer(context, words),
    ...(why !== undefined && { why }),
    ...answerGiven(request, told),
  };
}

/** What the owner said, if she did. */
function answerGiven(
  { state, reason, ...request }: AccessRequest,
  { given, over, isOverruled: opensNothing, words, now }: Told,
): Pick<RequestView, 'decided_at' | 'given' | 'reason' | 'muted_until'> {
  const [decidedAt, mutedUntil] = [isoText(request.decidedAt), isoText(request.mutedUntil ?? null)];
  return {
    ...(decidedAt !== undefined && { decided_at: decidedAt }),
    ...(state === 'approved' && {
      given: [...given.map((policy) => accessRow(entryOfPolicy(policy, opensNothing(policy)), words, now)), ...over],
    }),
    ...(reason !== undefined && { reason }),
    ...(mutedUntil !== undefined && { muted_until: mutedUntil }),
  };
}

function contextAnswer({ isFirst, former, others }: RequestContext, words: ConsoleWords): RequestView['context'] {
  const ended = isoText(former?.endedAt ?? null);
  return {
    first_request: isFirst,
    ...(former && { had_before: ended === undefined ? {} : { until: ended } }),
    others: others.map((policy) => {
      const until = isoText(policy.expiresAt);
      return { holder: words.subjects.holder(policy, policy.subjectName), ...(until !== undefined && { until }) };
    }),
  };
}
