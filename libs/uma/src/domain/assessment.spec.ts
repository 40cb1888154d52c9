import fc from 'fast-check';
import type { Acr } from '@valetkey/protocol';
import { ACR } from '@valetkey/protocol';
import type { PermissionCeiling } from '@valetkey/authorizations';
import { assessResource, raiseCeiling, wantedScopes } from './assessment.js';
import type { ClaimSet } from './evidence.js';
import { mergeEvidence } from './evidence.js';
import type { Policy, PolicySubject } from './policy.js';
import type { Resource } from './resource.js';
import { replaceScopes, scopesSince } from './resource.js';

const NOW = 1_000;
const SCOPES = ['view', 'print', 'download'];
const ISSUERS = ['https://one.example', 'https://two.example'];
/** This server: what it says are sign-ins here. */
const OWN = 'https://own.example';
const ALL = [...ISSUERS, OWN];
const CLASSES = [ACR.password, ACR.twoFactors, ACR.phishingResistant];
const CLIENTS = ['shop', 'other'];
const PEOPLE = ['carol', 'dave'];

const scopes = fc.subarray(SCOPES);
const instant = fc.option(fc.integer({ min: NOW - 3, max: NOW + 3 }));
const issuer = fc.constantFrom(...ISSUERS);
const person = fc.constantFrom(...PEOPLE);

const subject: fc.Arbitrary<PolicySubject> = fc.oneof(
  person.map((accountId): PolicySubject => ({ type: 'account', accountId })),
  fc.tuple(issuer, person).map(([of, name]): PolicySubject => ({ type: 'partner', issuer: of, subject: name })),
  fc
    .record({
      issuer,
      claim: fc.constantFrom('team', 'email', '__proto__', 'toString'),
      value: fc.constantFrom('a', 'true', '1'),
    })
    .map((claim): PolicySubject => ({ type: 'claim', ...claim })),
  fc.constant<PolicySubject>({ type: 'client' }),
  fc.constant<PolicySubject>({ type: 'anyone' }),
);

const policy: fc.Arbitrary<Policy> = fc.record({
  id: fc.uuid(),
  owner: fc.constant('account:alice' as const),
  resourceId: fc.constant('r'),
  subject,
  clientId: fc.option(fc.constantFrom(...CLIENTS)),
  scopes,
  notBefore: instant,
  expiresAt: instant,
  maxClaimsAge: fc.option(fc.integer({ min: 1, max: 5 })),
  minAcr: fc.option(fc.constantFrom(...CLASSES)),
  maxAuthAge: fc.option(fc.integer({ min: 1, max: 5 })),
  requestId: fc.constant(null),
  version: fc.constant(1),
  createdAt: fc.constant(0),
  updatedAt: fc.constant(0),
});

const claimValue = fc.oneof(
  fc.constantFrom('a', 'b', 'true', ACR.phishingResistant),
  fc.boolean(),
  fc.integer({ min: 0, max: 2 }),
  fc.constant(['a']),
);
const claimSet: fc.Arbitrary<ClaimSet> = fc
  .record({
    issuer,
    subject: person,
    claims: fc.dictionary(fc.constantFrom('team', 'email', 'email_verified', 'acr'), claimValue),
    accountId: fc.option(person, { nil: undefined }),
    obtainedAt: fc.integer({ min: NOW - 6, max: NOW }),
  })
  .map(({ accountId, ...set }): ClaimSet => (accountId === undefined ? set : { ...set, accountId }));
/** Of a sign-in here. */
const signIn: fc.Arbitrary<ClaimSet> = fc
  .record({ subject: person, acr: fc.constantFrom(...CLASSES), obtainedAt: fc.integer({ min: NOW - 6, max: NOW }) })
  .map((set): ClaimSet => ({ ...set, issuer: OWN, accountId: set.subject, claims: {} }));
const evidence = fc
  .array(fc.oneof(claimSet, signIn), { maxLength: 4 })
  .map((sets) => sets.reduce<readonly ClaimSet[]>((all, set) => mergeEvidence(all, [set]), []));

const resource: Resource = {
  id: 'r',
  owner: 'account:alice',
  resourceServerId: 'photos',
  name: null,
  description: {},
  scopes: new Map(SCOPES.map((scope) => [scope, 1])),
  version: 1,
  policyVersion: 1,
  createdAt: 0,
  updatedAt: 0,
};

/** The rule of UG-32 once more, word for word and slow. */
function mayHave(one: Policy, sets: readonly ClaimSet[], clientId: string): boolean {
  if (one.notBefore !== null && one.notBefore > NOW) return false;
  if (one.expiresAt !== null && one.expiresAt <= NOW) return false;
  if (one.clientId !== null && one.clientId !== clientId) return false;
  if (one.subject.type === 'client') return isForClientItself(one);
  const fresh = sets.filter((set) => one.maxClaimsAge === null || NOW - set.obtainedAt < one.maxClaimsAge);
  if (one.minAcr === null && one.maxAuthAge === null) return isAbout(one.subject, fresh);
  return signedInFor(one, sets).some((account) =>
    isAbout(
      one.subject,
      fresh.filter((set) => set.accountId === account),
    ),
  );
}

function isForClientItself({ clientId, minAcr, maxAuthAge }: Policy): boolean {
  return clientId !== null && minAcr === null && maxAuthAge === null;
}

/** Who signed in here as surely and as recently as the policy wants it. */
function signedInFor(one: Policy, sets: readonly ClaimSet[]): string[] {
  const weakest = CLASSES.indexOf(one.minAcr ?? ACR.password);
  return sets
    .filter((set) => set.issuer === OWN && CLASSES.indexOf(set.acr as Acr) >= weakest)
    .filter((set) => one.maxAuthAge === null || NOW - set.obtainedAt < one.maxAuthAge)
    .map((set) => set.subject);
}

function isAbout(about: PolicySubject, fresh: readonly ClaimSet[]): boolean {
  if (about.type === 'client') return false;
  if (about.type === 'anyone') return fresh.length > 0;
  if (about.type === 'account') return fresh.some((set) => set.accountId === about.accountId);
  const from = fresh.filter((set) => set.issuer === about.issuer);
  if (about.type === 'partner') return from.some((set) => set.subject === about.subject);
  const said = from.filter((set) => about.claim !== 'email' || set.claims.email_verified === true);
  const own = said.flatMap(({ claims }) => Object.entries(claims).filter(([name]) => name === about.claim));
  return own.some(([, value]) => (Array.isArray(value) ? value.includes(about.value) : String(value) === about.value));
}

describe('assessment (UMA Grant §3.3.4)', () => {
  const situation = fc.record({
    policies: fc.array(policy, { maxLength: 5 }),
    sets: evidence,
    clientId: fc.constantFrom(...CLIENTS),
    wanted: scopes,
  });
  const assess = ({
    policies,
    sets,
    clientId,
    wanted,
  }: {
    policies: Policy[];
    sets: readonly ClaimSet[];
    clientId: string;
    wanted: string[];
  }) => assessResource({ resource, wanted, policies }, { evidence: sets, clientId, ownIssuer: OWN, now: NOW }, ALL);

  it('UG-32 grants exactly what some policy permits, and nothing that was not wanted', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const verdict = assess(given);
        const permitted = given.wanted.filter((scope) =>
          given.policies.some((one) => one.scopes.includes(scope) && mayHave(one, given.sets, given.clientId)),
        );
        expect(verdict.granted).toEqual(permitted);
        expect([...verdict.granted, ...verdict.missing].sort()).toEqual([...given.wanted].sort());
      }),
      { numRuns: 2_000 },
    );
  });

  it('UG-32 without a policy nothing is granted, whoever asks', () => {
    fc.assert(fc.property(situation, (given) => expect(assess({ ...given, policies: [] }).granted).toEqual([])));
  });

  it('UG-32 another policy never takes away what was granted, and more claims about nobody else do not either', () => {
    fc.assert(
      fc.property(situation, policy, (given, more) => {
        const before = assess(given).granted;
        const after = assess({ ...given, policies: [...given.policies, more] }).granted;
        expect(after).toEqual(expect.arrayContaining(before));
      }),
    );
  });

  const ofCarol: Policy = {
    id: 'p',
    owner: 'account:alice',
    resourceId: 'r',
    subject: { type: 'account', accountId: 'carol' },
    clientId: null,
    scopes: ['view'],
    notBefore: null,
    expiresAt: null,
    maxClaimsAge: null,
    minAcr: null,
    maxAuthAge: null,
    requestId: null,
    version: 1,
    createdAt: 0,
    updatedAt: 0,
  };
  const word = (more: Partial<ClaimSet> = {}): ClaimSet => ({
    issuer: 'https://one.example',
    subject: 'carol@one',
    accountId: 'carol',
    claims: { acr: ACR.phishingResistant, auth_time: NOW / 1000 },
    obtainedAt: NOW,
    ...more,
  });
  const hereAs = (acr: Acr, obtainedAt = NOW) => word({ issuer: OWN, subject: 'carol', claims: {}, acr, obtainedAt });
  const of = (sets: readonly ClaimSet[], condition: Partial<Policy>) =>
    assess({ policies: [{ ...ofCarol, ...condition }], sets, clientId: 'shop', wanted: ['view'] });

  it.each<[string, Partial<Policy>, readonly ClaimSet[], readonly string[]]>([
    ['a surer sign-in than wanted', { minAcr: ACR.twoFactors }, [hereAs(ACR.phishingResistant)], ['view']],
    ['just the sign-in that is wanted', { minAcr: ACR.twoFactors }, [hereAs(ACR.twoFactors)], ['view']],
    ['a weaker one', { minAcr: ACR.twoFactors }, [hereAs(ACR.password)], []],
    ['the acr of another issuer', { minAcr: ACR.password }, [word()], []],
    ['another issuer beside a weak sign-in', { minAcr: ACR.twoFactors }, [word(), hereAs(ACR.password)], []],
    ['a sign-in young enough', { maxAuthAge: 5 }, [hereAs(ACR.password, NOW - 4)], ['view']],
    ['one that is just too old', { maxAuthAge: 5 }, [hereAs(ACR.password, NOW - 5)], []],
    ['the auth_time of another issuer', { maxAuthAge: 5 }, [word()], []],
    ['no sign-in at all', { maxAuthAge: 5 }, [], []],
    [
      'somebody else who signed in',
      { minAcr: ACR.password },
      [word(), { ...hereAs(ACR.password), accountId: 'dave' }],
      [],
    ],
    ['a policy for a client itself', { subject: { type: 'client' }, clientId: 'shop', minAcr: ACR.password }, [], []],
  ])('UG-32, UG-34 a condition on the sign-in: %s', (_what, condition, sets, granted) => {
    expect(of(sets, condition).granted).toEqual(granted);
  });

  it('UG-31 a better sign-in here is what helps where the condition is not met, and nothing where it is', () => {
    const weak = [word(), hereAs(ACR.password, NOW - 1)];
    expect(of(weak, { minAcr: ACR.twoFactors }).helpful).toContain(OWN);
    expect(of(weak, { maxAuthAge: 1 }).helpful).toContain(OWN);
    const ofDave = { subject: { type: 'account', accountId: 'dave' } } as const;
    expect(of(weak, { ...ofDave, minAcr: ACR.password }).helpful).not.toContain(OWN);
    expect(of([], { subject: { type: 'client' }, clientId: 'shop', minAcr: ACR.password }).helpful).toEqual([]);
  });

  it('a permission ends no later than the policies that gave it', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const verdict = assess(given);
        const end = verdict.expiresAt ?? Infinity;
        const used = given.policies.filter(({ id }) => verdict.policyIds.includes(id));
        for (const scope of verdict.granted) {
          const latest = used.filter((one) => one.scopes.includes(scope)).map((one) => one.expiresAt ?? Infinity);
          expect(end).toBeLessThanOrEqual(Math.max(...latest));
        }
        expect(end).toBeGreaterThan(NOW);
      }),
    );
  });

  it('UG-31 an issuer is named as helpful only when it is trusted and has not spoken freshly', () => {
    fc.assert(
      fc.property(situation, fc.subarray(ALL), (given, trusted) => {
        const { policies, sets, clientId, wanted } = given;
        const { helpful } = assessResource(
          { resource, wanted, policies },
          { evidence: sets, clientId, ownIssuer: OWN, now: NOW },
          trusted,
        );
        expect(trusted).toEqual(expect.arrayContaining([...helpful]));
        const youngest = sets
          .filter(
            ({ obtainedAt, acr }) => obtainedAt === NOW && (acr ?? ACR.phishingResistant) === ACR.phishingResistant,
          )
          .map((set) => set.issuer);
        expect(helpful.filter((one) => youngest.includes(one))).toEqual([]);
      }),
    );
  });

  it('a ceiling only rises in scopes, and ends with the earliest of what it gives', () => {
    const present: fc.Arbitrary<PermissionCeiling> = fc.record({
      resourceId: fc.constant('r'),
      scopes,
      policyIds: fc.array(fc.uuid()),
      expiresAt: instant,
    });
    fc.assert(
      fc.property(situation, present, (given, before) => {
        const verdict = assess(given);
        const after = raiseCeiling(before, verdict);
        expect([...after.scopes].sort()).toEqual([...new Set([...before.scopes, ...verdict.granted])].sort());
        // A verdict about all of it is the newer word; any other can only shorten.
        const isWhole = before.scopes.every((scope) => verdict.granted.includes(scope));
        const end = verdict.expiresAt ?? Infinity;
        expect(after.expiresAt ?? Infinity).toBe(isWhole ? end : Math.min(before.expiresAt ?? Infinity, end));
        expect(after.policyIds).toEqual(expect.arrayContaining([...before.policyIds, ...verdict.policyIds]));
      }),
    );
  });
});

describe('scopes of a resource over time', () => {
  it('UF-24 UF-12 a scope that went does not come back to what was asked before, whatever happens after', () => {
    const changes = fc.array(scopes, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(changes, fc.nat(6), (history, moment) => {
        const states = history.reduce<{ scopes: ReadonlyMap<string, number>; names: string[] }[]>(
          (all, wanted, index) => {
            return [
              ...all,
              {
                scopes: replaceScopes(all.at(-1)?.scopes ?? new Map<string, number>(), wanted, index + 1),
                names: wanted,
              },
            ];
          },
          [],
        );
        const at = moment % states.length;
        const expected = (states[at]?.names ?? []).filter((scope) =>
          states.slice(at).every(({ names }) => names.includes(scope)),
        );
        const last = { scopes: states.at(-1)?.scopes ?? new Map<string, number>() };
        expect(scopesSince(last, states[at]?.names ?? [], at + 1)).toEqual(expected);
      }),
    );
  });

  it('UG-33 what is wanted is registered, and was asked for by the ticket or the client', () => {
    fc.assert(
      fc.property(scopes, scopes, scopes, (registered, ticket, requested) => {
        const one = { ...resource, scopes: new Map(registered.map((scope) => [scope, 1])) };
        const wanted = wantedScopes({ resourceId: 'r', scopes: ticket, resourceVersion: 1 }, one, requested);
        const expected = SCOPES.filter(
          (scope) => registered.includes(scope) && (ticket.includes(scope) || requested.includes(scope)),
        );
        expect([...wanted].sort()).toEqual([...expected].sort());
      }),
    );
  });
});
