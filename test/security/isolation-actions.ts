import { setTimeout as wait } from 'node:timers/promises';

import { clientOf } from '../support/client.js';
import type { Answer } from '../support/http.js';
import type { Server } from '../support/server.js';
import type { OwnerApi, Permission, ProtectionApi } from '../support/uma.js';
import { textMember } from '../support/uma.js';
import type {
  IsolationModel,
  ModelPolicy,
  ModelResource,
  ModelRpt,
  OwnerName,
  Realm,
  ServiceName,
  ShopName,
} from './isolation-model.js';
import { covers } from './isolation-model.js';
import type { Operator } from './isolation-operator.js';
import {
  bodyOf,
  draftOf,
  type Pick,
  type Proof,
  PROVEN_SCOPES as SCOPES,
  Proofs,
  rarely,
  someOf,
} from './isolation-picks.js';

export const OWNERS: readonly OwnerName[] = ['alice', 'bob'];
export const SERVICES: readonly ServiceName[] = ['photo-service', 'other-service'];
const SHOPS: readonly ShopName[] = ['print-shop', 'other-shop'];
/** Where what is permitted is given, though it is not all. */
export const GIVES_PART: ServiceName = 'other-service';

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
  'upgrade',
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
/** `operate` stops the world for a second or so: it is no part of most lives. */
export type ActionName = (typeof ACTIONS)[number] | 'operate';

export interface Apis {
  readonly pat: (realm: Realm) => ProtectionApi;
  readonly owner: (name: OwnerName) => OwnerApi;
}

/** Carries random steps out, over HTTP and in the model, and throws where the two do not agree. */
export class IsolationActions {
  /** How often a permission was really given: a test that sees none proves nothing. */
  granted = 0;
  /** How often an RPT took the place of an older one. */
  upgraded = 0;
  private readonly proofs: Proofs;

  constructor(
    private readonly server: Server,
    private readonly apis: Apis,
    private readonly model: IsolationModel,
    private readonly operator?: Operator,
  ) {
    this.proofs = new Proofs(server, model);
  }

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
    const draft = draftOf(pick, resource, this.server);
    const answer = await this.apis.owner(owner).addPolicy(bodyOf(draft, resource.id));
    if (resource.owner !== owner) return notFound(answer);
    const id = textMember(answer, 201, 'id');
    this.model.policies.set(id, { ...draft, id, owner, resourceId: resource.id, at: this.model.tick() });
  }

  private async changePolicy(pick: Pick): Promise<void> {
    const [owner, policy] = [pick(OWNERS), pick([...this.model.policies.values()])];
    const resource = policy && this.model.resources.get(policy.resourceId);
    if (!resource) return;
    const draft = draftOf(pick, resource, this.server);
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
    await this.present(pick, textMember(answer, 201, 'ticket'), { realm, asked: permissions });
  }

  /** The holder of an RPT wants more, or the same again, and brings it. */
  private async upgrade(pick: Pick): Promise<void> {
    const rpt = pick(this.model.rpts);
    const resource = rpt && pick([...this.model.resources.values()].filter((one) => this.model.isOf(one, rpt)));
    if (!resource) return;
    const scopes = this.wantedScopes(pick, resource.id).filter((scope) => resource.scopes.includes(scope));
    const asked = [{ resource_id: resource.id, resource_scopes: scopes }];
    const answer = await this.apis.pat(rpt).permission(asked);
    await this.present(pick, textMember(answer, 201, 'ticket'), { realm: rpt, asked, rpt });
  }

  /** Mostly what some policy gives, so that a good part of the requests is granted; now and then the client is to say (UG-33). */
  private wantedScopes(pick: Pick, resourceId: string): readonly string[] {
    const given = [...this.model.policies.values()].filter((policy) => policy.resourceId === resourceId);
    if (rarely(pick)) return [];
    return someOf(pick, pick([SCOPES, ...given.map(({ scopes }) => scopes), ...given.map(({ scopes }) => scopes)]));
  }

  /** By one client, with some proof of a person or none, perhaps with scopes of its own and with an older RPT. */
  private async present(
    pick: Pick,
    ticket: string,
    { realm, asked, rpt }: { realm: Realm; asked: readonly Permission[]; rpt?: ModelRpt },
  ): Promise<void> {
    const client = rpt?.client ?? pick(SHOPS);
    const proof = await this.proofs.of(pick, client, rpt?.party);
    const { owner, service } = realm;
    const holder = { owner, service, client, ...this.model.known(proof.party) };
    const requested = rarely(pick) || asked.some(isEmpty) ? someOf(pick, SCOPES) : [];
    const old = rpt ?? pick([undefined, undefined, pick(this.model.rpts)]);
    const terms = { isStale: proof.isStale, isPartial: service === GIVES_PART };
    const wanted = this.model.wanted(asked, requested);
    const given = wanted && this.model.grants(holder, wanted, terms);
    const answer = await clientOf(this.server, client).rpt(ticket, formOf(proof, requested, old));
    const told = { ...holder, ...terms, asked, requested };
    expect({ ...told, outcome: outcomeOf(answer) }).toEqual({ ...told, outcome: this.expected(client, wanted, given) });
    if (answer.status !== 200 || !given) return;
    this.granted += 1;
    this.proofs.learn(answer, client, proof);
    await this.learnGranted({ ...holder, ticket, at: this.model.tick() }, { answer, given, old });
  }

  private expected(client: ShopName, wanted: unknown, given: unknown): string {
    if (this.model.disabled.has(client)) return '401 invalid_client';
    if (!wanted) return '400 invalid_scope';
    return given ? '200' : '403';
  }

  /** An RPT holds what was given, and of an older one of the same record at most what that held. */
  private async learnGranted(
    of: Omit<NewRpt, 'permissions'>,
    { answer, given, old }: { answer: Answer; given: readonly Permission[]; old: ModelRpt | undefined },
  ): Promise<void> {
    const isUpgradable = old !== undefined && this.model.isUpgradable(old, of);
    if (old && isUpgradable) old.isEnded = true;
    const { permissions: seen } = await this.learnRpt(of, answer);
    expect(covers(seen, given)).toBe(true);
    const carried = isUpgradable ? old.permissions : [];
    expect(covers([...given, ...carried], seen)).toBe(true);
    const { upgraded } = answer.json();
    if (upgraded === undefined) return;
    expect([upgraded, isUpgradable, covers(seen, carried)]).toEqual([true, true, true]);
    this.upgraded += 1;
  }

  /** An RPT that was given now, looked at by the server that it is for. */
  private async learnRpt(of: Omit<NewRpt, 'permissions'>, answer: Answer): Promise<Seen> {
    const [value, refreshToken] = [textMember(answer, 200, 'access_token'), textMember(answer, 200, 'refresh_token')];
    const rpt: ModelRpt = { ...of, permissions: [], value, refreshToken, isEnded: false, isOver: false };
    this.model.rpts.push(rpt);
    const seen = await this.look(value, of);
    rpt.permissions = seen.permissions;
    return seen;
  }

  /** A refresh assesses nothing anew: it can only give what is still left. */
  private async refresh(pick: Pick): Promise<void> {
    const rpt = pick(this.model.rpts);
    if (!rpt) return;
    const answer = await clientOf(this.server, rpt.client).refresh(rpt.refreshToken);
    if (this.model.disabled.has(rpt.client)) return void expect(answer.status).toBe(401);
    if (rpt.isOver || this.model.rests(rpt) || this.model.isUnlinked(rpt)) expect(answer.status).toBe(400);
    if (answer.status !== 200) return void expect(answer.json().error).toBe('invalid_grant');
    const { owner, service, client, party, account, ticket, at } = rpt;
    await this.learnRpt({ owner, service, client, party, account, ticket, at }, answer);
    rpt.refreshToken = this.model.rpts.at(-1)?.refreshToken ?? '';
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
    if (client === rpt.client && !this.model.disabled.has(client)) rpt.isEnded = true;
  }

  /** Presents a ticket again that was used: no RPT, and those of its process end. */
  private async replay(pick: Pick): Promise<void> {
    const [rpt, client] = [pick(this.model.rpts), pick(SHOPS)];
    if (!rpt) return;
    const answer = await clientOf(this.server, client).rpt(rpt.ticket, (await this.proofs.of(pick, client)).form);
    const isDisabled = this.model.disabled.has(client);
    expect([answer.status, answer.json().error]).toEqual(isDisabled ? [401, 'invalid_client'] : [400, 'invalid_grant']);
    if (client === rpt.client && !isDisabled) this.model.endProcess(rpt.ticket);
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
        const policy = { id, owner, resourceId: resource.id, subject, clientId, scopes, at };
        this.model.policies.set(id, { ...policy, isLater: false, wantsFresh: false });
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

  /** The operator links people to other accounts, and disables accounts and clients. */
  private async operate(pick: Pick): Promise<void> {
    await this.operator?.change(pick, this.model);
  }
}

interface Seen {
  readonly permissions: readonly Permission[];
}

type NewRpt = Omit<ModelRpt, 'value' | 'refreshToken' | 'isEnded' | 'isOver'>;

interface PendingRequest {
  readonly id: string;
  readonly resources: readonly { readonly resource_id: string }[];
}

interface PolicyAnswer {
  readonly id: string;
  readonly subject: ModelPolicy['subject'];
  readonly client_id?: ShopName;
  readonly scopes: readonly string[];
}

const formOf = ({ form }: Proof, requested: readonly string[], old: ModelRpt | undefined) => ({
  ...form,
  ...(requested.length > 0 && { scope: requested.join(' ') }),
  ...(old && { rpt: old.value }),
});

/** How it ended; which of the refusals with 403 it was is no matter of isolation. */
const outcomeOf = (answer: Answer) =>
  [400, 401].includes(answer.status) ? `${answer.status} ${String(answer.json().error)}` : String(answer.status);

const isEmpty = ({ resource_scopes: scopes }: Permission) => scopes.length === 0;

const realmOf = (pick: Pick): Realm => ({ owner: pick(OWNERS), service: pick(SERVICES) });

function notFound(answer: Answer): void {
  expect([answer.status, answer.json().error]).toEqual([404, 'not_found']);
}
