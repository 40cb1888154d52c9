import { setTimeout as wait } from 'node:timers/promises';

import { clientOf, pushed } from '../support/client.js';
import type { Answer } from '../support/http.js';
import type { Server } from '../support/server.js';
import type { OwnerApi, Permission, ProtectionApi } from '../support/uma.js';
import { textMember } from '../support/uma.js';
import type {
  Holder,
  IsolationModel,
  ModelPolicy,
  ModelResource,
  ModelRpt,
  OwnerName,
  PartyName,
  Realm,
  ServiceName,
  ShopName,
  Subject,
} from './isolation-model.js';

export const OWNERS: readonly OwnerName[] = ['alice', 'bob'];
export const SERVICES: readonly ServiceName[] = ['photo-service', 'other-service'];
const SHOPS: readonly ShopName[] = ['print-shop', 'other-shop'];
const PARTIES: readonly PartyName[] = ['carol-1', 'dave-2'];
const SCOPES = ['view', 'print', 'download'];

/** One random step: what to do, and numbers that choose among whatever is there. */
export interface Step {
  readonly action: ActionName;
  readonly numbers: readonly number[];
}

export const ACTIONS = [
  'register',
  'share',
  'share',
  'changePolicy',
  'removePolicy',
  'request',
  'request',
  'request',
  'introspect',
  'refresh',
  'rescope',
  'removeResource',
  'endAuthorization',
  'revoke',
  'replay',
  'decide',
  'pry',
] as const;
export type ActionName = (typeof ACTIONS)[number];

export interface Apis {
  readonly pat: (realm: Realm) => ProtectionApi;
  readonly owner: (name: OwnerName) => OwnerApi;
}

/** Carries random steps out, over HTTP and in the model, and throws where the two do not agree. */
export class IsolationActions {
  /** How often a permission was really given: a test that sees none proves nothing. */
  granted = 0;

  constructor(
    private readonly server: Server,
    private readonly apis: Apis,
    private readonly model: IsolationModel,
  ) {}

  async run({ action, numbers }: Step): Promise<void> {
    let next = 0;
    const pick = <T>(list: readonly T[]): T => list[(numbers[next++ % numbers.length] ?? 0) % list.length] as T;
    await this[action](pick);
  }

  /** Looks at every RPT with every PAT. */
  async sweep(): Promise<void> {
    for (const rpt of this.model.rpts)
      for (const owner of OWNERS) for (const service of SERVICES) await this.look(rpt.value, { owner, service });
  }

  private async register(pick: Pick): Promise<void> {
    const realm = realmOf(pick);
    const scopes = someOf(pick, SCOPES);
    const id = await this.apis.pat(realm).register({ resource_scopes: scopes, name: 'R' });
    this.model.resources.set(id, { ...realm, id, scopes });
  }

  private async share(pick: Pick): Promise<void> {
    const resource = pick([...this.model.resources.values()]);
    if (!resource) return;
    const owner = pick([...OWNERS, ...Array<OwnerName>(6).fill(resource.owner)]);
    const draft = this.draft(pick, resource);
    const answer = await this.apis.owner(owner).addPolicy(bodyOf(draft, resource.id));
    if (resource.owner !== owner) return notFound(answer);
    const id = textMember(answer, 201, 'id');
    this.model.policies.set(id, { ...draft, id, owner, resourceId: resource.id, at: this.model.tick() });
  }

  private async changePolicy(pick: Pick): Promise<void> {
    const [owner, policy] = [pick(OWNERS), pick([...this.model.policies.values()])];
    const resource = policy && this.model.resources.get(policy.resourceId);
    if (!resource) return;
    const draft = this.draft(pick, resource);
    const answer = await this.apis.owner(owner).replacePolicy(policy.id, bodyOf(draft, resource.id));
    if (policy.owner !== owner) return notFound(answer);
    expect(answer.status).toBe(200);
    Object.assign(policy, draft, { at: this.model.tick() });
  }

  private async removePolicy(pick: Pick): Promise<void> {
    const [owner, policy] = [pick(OWNERS), pick([...this.model.policies.values()])];
    if (!policy) return;
    const answer = await this.apis.owner(owner).removePolicy(policy.id);
    if (policy.owner !== owner) return notFound(answer);
    expect(answer.status).toBe(204);
    this.model.policies.delete(policy.id);
  }

  /** A ticket for one or two resources, and its presentation by one client for one person. */
  private async request(pick: Pick): Promise<void> {
    const resources = [...this.model.resources.values()];
    const first = pick(resources);
    if (!first) return;
    const realm = pick<Realm>([realmOf(pick), first, first, first, first, first]);
    const wanted = [...new Set([first, ...(pick([false, false, true]) ? [pick(resources)] : [])])] as ModelResource[];
    const permissions = wanted.map(({ id }) => ({ resource_id: id, resource_scopes: this.wantedScopes(pick, id) }));
    const answer = await this.apis.pat(realm).permission(permissions);
    const known = wanted.every((one) => this.model.isOf(one, realm));
    const registered = permissions.every(({ resource_scopes: scopes }, index) =>
      scopes.every((scope) => wanted[index]?.scopes.includes(scope)),
    );
    if (!known || !registered) return void expect(answer.status).toBe(400);
    const { owner, service } = realm;
    const holder = { owner, service, client: pick(SHOPS), party: pick(PARTIES) };
    await this.present(textMember(answer, 201, 'ticket'), holder, permissions);
  }

  /** Mostly what some policy gives, so that a good part of the requests is granted. */
  private wantedScopes(pick: Pick, resourceId: string): readonly string[] {
    const given = [...this.model.policies.values()].filter((policy) => policy.resourceId === resourceId);
    return someOf(pick, pick([SCOPES, ...given.map(({ scopes }) => scopes), ...given.map(({ scopes }) => scopes)]));
  }

  private async present(ticket: string, holder: Holder, permissions: readonly Permission[]): Promise<void> {
    const answer = await clientOf(this.server, holder.client).rpt(ticket, await this.proof(holder.party));
    const expected = this.model.grants(holder, permissions) ? 200 : 403;
    expect({ ...holder, permissions, status: answer.status }).toEqual({ ...holder, permissions, status: expected });
    if (answer.status !== 200) return;
    this.granted += 1;
    const { permissions: seen } = await this.learnRpt({ ...holder, ticket, permissions }, answer);
    expect(seen).toEqual(expect.arrayContaining([...permissions]));
  }

  /** An RPT that was given now, looked at by the server that it is for. */
  private learnRpt(of: Pick2<ModelRpt, keyof Holder | 'ticket' | 'permissions'>, answer: Answer): Promise<Seen> {
    const [value, refreshToken] = [textMember(answer, 200, 'access_token'), textMember(answer, 200, 'refresh_token')];
    this.model.rpts.push({ ...of, value, refreshToken, isEnded: false, isOver: false });
    return this.look(value, of);
  }

  /** A refresh assesses nothing anew: it can only give what is still left. */
  private async refresh(pick: Pick): Promise<void> {
    const rpt = pick(this.model.rpts);
    if (!rpt) return;
    const answer = await clientOf(this.server, rpt.client).refresh(rpt.refreshToken);
    if (rpt.isOver) expect(answer.status).toBe(400);
    if (answer.status !== 200) return void expect(answer.json().error).toBe('invalid_grant');
    const { owner, service, client, party, ticket, permissions } = rpt;
    await this.learnRpt({ owner, service, client, party, ticket, permissions }, answer);
    rpt.refreshToken = this.model.rpts.at(-1)?.refreshToken ?? '';
  }

  private async proof(party: PartyName): Promise<Record<string, string>> {
    const claims = { team: `team of ${party}` };
    const { partner } = this.server.world;
    return pushed(await partner.idToken({ subject: party, audience: this.server.issuer, claims }));
  }

  private async introspect(pick: Pick): Promise<void> {
    const rpt = pick(this.model.rpts);
    if (rpt) await this.look(rpt.value, realmOf(pick));
  }

  /** Introspects, and holds what is seen against the model. */
  private async look(value: string, realm: Realm): Promise<Seen> {
    const answer = await this.apis.pat(realm).introspect(value);
    const body = answer.json<{ active: boolean; permissions?: Permission[] }>();
    const rpt = this.model.rpts.find((one) => one.value === value);
    if (!body.active) expect(body).toEqual({ active: false });
    const permissions = body.permissions ?? [];
    if (body.active) expect(permissions.length).toBeGreaterThan(0);
    if (rpt) expect(this.model.notGiven(rpt, realm, permissions)).toEqual([]);
    return { permissions };
  }

  private async rescope(pick: Pick): Promise<void> {
    const [realm, resource] = [realmOf(pick), pick([...this.model.resources.values()])];
    if (!resource) return;
    const scopes = someOf(pick, SCOPES);
    const answer = await this.apis.pat(realm).replace(resource.id, { resource_scopes: scopes });
    if (!this.model.isOf(resource, realm)) return notFound(answer);
    expect(answer.status).toBe(200);
    resource.scopes = scopes;
  }

  private async removeResource(pick: Pick): Promise<void> {
    const [realm, resource] = [realmOf(pick), pick([...this.model.resources.values()])];
    if (!resource) return;
    const answer = await this.apis.pat(realm).remove(resource.id);
    if (!this.model.isOf(resource, realm)) return notFound(answer);
    expect(answer.status).toBe(204);
    this.model.removeResource(resource.id);
  }

  private async endAuthorization(pick: Pick): Promise<void> {
    const rpt = pick(this.model.rpts.filter(({ isEnded }) => !isEnded));
    if (!rpt) return;
    const { grant_id: id } = (await this.apis.pat(rpt).introspect(rpt.value)).json<{ grant_id?: string }>();
    if (id === undefined) return;
    const stranger = OWNERS.find((name) => name !== rpt.owner) as OwnerName;
    notFound(await this.apis.owner(stranger).endAuthorization(id));
    notFound(await this.apis.owner(stranger).get(`authorizations/${id}`));
    expect((await this.apis.owner(rpt.owner).endAuthorization(id)).status).toBe(204);
    this.model.endHolder(rpt);
    // The server orders an end and a policy by the millisecond.
    await wait(2);
    expect((await this.look(rpt.value, rpt)).permissions).toEqual([]);
  }

  private async revoke(pick: Pick): Promise<void> {
    const [rpt, client] = [pick(this.model.rpts), pick(SHOPS)];
    if (!rpt) return;
    await clientOf(this.server, client).revoke(rpt.value);
    if (client === rpt.client) rpt.isEnded = true;
  }

  /** Presents a ticket again that was used: no RPT, and those of its process end. */
  private async replay(pick: Pick): Promise<void> {
    const [rpt, client] = [pick(this.model.rpts), pick(SHOPS)];
    if (!rpt) return;
    const answer = await clientOf(this.server, client).rpt(rpt.ticket, await this.proof(rpt.party));
    expect([answer.status, answer.json().error]).toEqual([400, 'invalid_grant']);
    if (client === rpt.client) this.model.endProcess(rpt.ticket);
  }

  /** An owner answers a pending request; to the other owner it does not exist. */
  private async decide(pick: Pick): Promise<void> {
    const owner = pick(OWNERS);
    const stranger = OWNERS.find((name) => name !== owner) as OwnerName;
    const list = (await this.apis.owner(owner).get('requests?state=pending')).json<{ items: PendingRequest[] }>();
    const request = pick(list.items.filter((one) => this.isOfModel(one, owner)));
    if (!request) return;
    notFound(await this.apis.owner(stranger).approve(request.id));
    notFound(await this.apis.owner(stranger).deny(request.id));
    if (pick([true, false])) return void expect((await this.apis.owner(owner).deny(request.id)).status).toBe(200);
    const answer = await this.apis.owner(owner).approve(request.id);
    // A scope may have gone from a resource since it was asked for.
    if (answer.status === 200) await this.learnPolicies(owner);
  }

  private isOfModel({ resources }: PendingRequest, owner: OwnerName): boolean {
    return resources.every(({ resource_id: id }) => this.model.resources.get(id)?.owner === owner);
  }

  /** An approval made policies: reads those the model does not know. */
  private async learnPolicies(owner: OwnerName): Promise<void> {
    for (const resource of this.model.resources.values()) {
      if (resource.owner !== owner) continue;
      const answer = await this.apis.owner(owner).get(`policies?resource_id=${resource.id}&limit=200`);
      for (const { id, subject, client_id: clientId, scopes } of answer.json<{ items: PolicyAnswer[] }>().items) {
        if (this.model.policies.has(id)) continue;
        const at = this.model.tick();
        this.model.policies.set(id, { id, owner, resourceId: resource.id, subject, clientId, scopes, at });
      }
    }
  }

  /** Every id of one owner or resource server, tried by the others: never there. */
  private async pry(pick: Pick): Promise<void> {
    const [realm, resource] = [realmOf(pick), pick([...this.model.resources.values()])];
    const policy = pick([...this.model.policies.values()]);
    if (resource && !this.model.isOf(resource, realm)) notFound(await this.apis.pat(realm).read(resource.id));
    const [owner] = [pick(OWNERS)];
    if (resource && resource.owner !== owner) notFound(await this.apis.owner(owner).get(`resources/${resource.id}`));
    if (policy && policy.owner !== owner) notFound(await this.apis.owner(owner).get(`policies/${policy.id}`));
    const listed = (await this.apis.pat(realm).list()).json<string[]>();
    const strange = listed.filter((id) => {
      const known = this.model.resources.get(id);
      return known && !this.model.isOf(known, realm);
    });
    expect(strange).toEqual([]);
  }

  private draft(pick: Pick, resource: ModelResource): Pick2<ModelPolicy, 'subject' | 'clientId' | 'scopes'> {
    const issuer = this.server.world.partner.issuer;
    const party = pick(PARTIES);
    const subject = pick<Subject>([
      { type: 'anyone' },
      { type: 'account', account_id: 'carol' },
      { type: 'partner', issuer, subject: party },
      { type: 'claim', issuer, claim: 'team', value: `team of ${party}` },
      { type: 'client' },
    ]);
    const clientId = subject.type === 'client' ? pick(SHOPS) : pick([undefined, undefined, ...SHOPS]);
    return { subject, clientId, scopes: someOf(pick, resource.scopes) };
  }
}

interface Seen {
  readonly permissions: readonly Permission[];
}

type Pick = <T>(list: readonly T[]) => T;
type Pick2<T, K extends keyof T> = { [Name in K]: T[Name] };

interface PendingRequest {
  readonly id: string;
  readonly resources: readonly { readonly resource_id: string }[];
}

interface PolicyAnswer {
  readonly id: string;
  readonly subject: Subject;
  readonly client_id?: ShopName;
  readonly scopes: readonly string[];
}

const realmOf = (pick: Pick): Realm => ({ owner: pick(OWNERS), service: pick(SERVICES) });

/** One or more of a list, in its order. */
function someOf(pick: Pick, list: readonly string[]): readonly string[] {
  const some = list.filter(() => pick([true, false]));
  return some.length > 0 ? some : [pick(list)];
}

const bodyOf = ({ subject, clientId, scopes }: Pick2<ModelPolicy, 'subject' | 'clientId' | 'scopes'>, id: string) => ({
  resource_id: id,
  subject,
  scopes,
  ...(clientId !== undefined && { client_id: clientId }),
});

function notFound(answer: Answer): void {
  expect([answer.status, answer.json().error]).toEqual([404, 'not_found']);
}
