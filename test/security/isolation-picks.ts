import { pushed } from '../support/client.js';
import type { Answer } from '../support/http.js';
import type { Server } from '../support/server.js';
import type {
  AccountName,
  IsolationModel,
  ModelPolicy,
  ModelResource,
  PartyName,
  ShopName,
  Subject,
} from './isolation-model.js';

const SHOPS: readonly ShopName[] = ['print-shop', 'other-shop'];
export const PARTIES: readonly PartyName[] = ['carol-1', 'dave-2'];
const ACCOUNTS: readonly AccountName[] = ['carol', 'carol', 'carol2', 'dave'];
/** Scopes that resources have and both clients may ask for. */
export const PROVEN_SCOPES = ['view', 'print', 'download'];

const DAY = 86_400_000;
/** Seconds: a stale proof is twice as old as the policies want that want a fresh one; it may still be pushed. */
const STALE = 1_800;

/** Chooses one of a list, by the numbers of a step. */
export type Pick = <T>(list: readonly T[]) => T;

/** True one time in eight. */
export const rarely = (pick: Pick): boolean => pick([true, ...Array<boolean>(7).fill(false)]);

/** One or more of a list, in its order. */
export function someOf(pick: Pick, list: readonly string[]): readonly string[] {
  const some = list.filter(() => pick([true, false]));
  return some.length > 0 ? some : [pick(list)];
}

type Draft = Omit<ModelPolicy, 'id' | 'owner' | 'resourceId' | 'at'>;

/** A policy for somebody, through any client or one; some begin another day, some want fresh claims. */
export function draftOf(pick: Pick, resource: ModelResource, { world }: Server): Draft {
  const { issuer } = world.partner;
  const party = pick(PARTIES);
  const subject = pick<Subject>([
    { type: 'anyone' },
    { type: 'account', account_id: pick(ACCOUNTS) },
    { type: 'partner', issuer, subject: party },
    { type: 'claim', issuer, claim: 'team', value: `team of ${party}` },
    { type: 'client' },
  ]);
  const clientId = subject.type === 'client' ? pick(SHOPS) : pick([undefined, undefined, ...SHOPS]);
  const [isLater, wantsFresh] = [rarely(pick), rarely(pick)];
  return { subject, clientId, scopes: someOf(pick, resource.scopes), isLater, wantsFresh };
}

/** The draft as the owner API takes it. */
export const bodyOf = ({ subject, clientId, scopes, isLater, wantsFresh }: Draft, resourceId: string) => ({
  resource_id: resourceId,
  subject,
  scopes,
  expires_at: new Date(Date.now() + 2 * DAY).toISOString(),
  ...(clientId !== undefined && { client_id: clientId }),
  ...(isLater && { not_before: new Date(Date.now() + DAY).toISOString() }),
  ...(wantsFresh && { max_claims_age: STALE / 2 }),
});

/** What a client sends to say for whom it asks. */
export interface Proof {
  readonly form: Readonly<Record<string, string>>;
  /** Whom it proves, if anybody. */
  readonly party: PartyName | undefined;
  readonly isStale: boolean;
}

/** ID tokens of the partner, PCTs of this client, of another one or beside an ID token, and nothing at all. */
export class Proofs {
  constructor(
    private readonly server: Server,
    private readonly model: IsolationModel,
  ) {}

  /** @param mostly - for whom it is, when an ID token is pushed */
  async of(pick: Pick, client: ShopName, mostly?: PartyName): Promise<Proof> {
    const [party, isStale] = [mostly ?? pick(PARTIES), rarely(pick)];
    const pct = pick(this.model.pcts);
    const way = pick(['pushed', 'pushed', 'pushed', 'pushed', 'pushed', 'pct', 'pct', 'pct', 'both', 'none'] as const);
    if (way === 'none') return { form: {}, party: undefined, isStale: false };
    if (way === 'pct' && pct) {
      const isOurs = pct.client === client;
      return { form: { pct: pct.value }, party: isOurs ? pct.party : undefined, isStale: pct.isStale };
    }
    // What is pushed now takes the place of what a PCT remembers of the same issuer.
    const form = { ...(await this.idToken(party, isStale)), ...(way === 'both' && pct && { pct: pct.value }) };
    return { form, party, isStale };
  }

  /** Remembers the PCT that came with an RPT. */
  learn(answer: Answer, client: ShopName, { party, isStale }: Proof): void {
    const { pct } = answer.json<{ pct?: string }>();
    if (pct === undefined) return;
    expect(party).toBeDefined();
    this.model.pcts.push({ value: pct, client, party: this.model.known(party).party, isStale });
  }

  private async idToken(party: PartyName, isStale: boolean): Promise<Record<string, string>> {
    const iat = Math.floor(Date.now() / 1000) - (isStale ? STALE : 0);
    const claims = { team: `team of ${party}`, iat };
    const { partner } = this.server.world;
    return pushed(await partner.idToken({ subject: party, audience: this.server.issuer, claims }));
  }
}
