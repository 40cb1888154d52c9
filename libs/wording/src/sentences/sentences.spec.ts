import type { ActivityKind, ResourceName, ScopeView, SubjectView } from '@valetkey/owner-contract';
import { default as fc } from 'fast-check';
import { bareText, plainText } from '../parts/part.js';
import type { Language, Reader } from '../reader.js';
import { LANGUAGES } from '../reader.js';
import { addDays, endOfDay, startOfDay } from '../time/calendar.js';
import { durationText } from '../time/durations.js';
import { end, lastUsed, nextEnds, past, start, until } from '../time/moments.js';
import { accessLine, accessSentence, draftSentence, overSentence, sharedWithMeSentence } from './access-sentence.js';
import { activityLine } from './activity-line.js';
import { deed, deedLine } from './deeds.js';
import { requestSentence } from './request-sentence.js';
import { coverLine, holdersText, revokedToast, stoppedToast } from './short-forms.js';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const ZONE = 'Europe/Vienna';
const reader = (language: Language = 'en', more: Partial<Reader> = {}): Reader => ({
  language,
  now: NOW,
  zone: ZONE,
  self: 'account:anna',
  ...more,
});

const subject = (name: string, id = `account:${name}`): SubjectView => ({
  kind: 'person',
  id,
  name,
  short_name: name,
  verification: 'account',
});
const scope = (verb: string, object: string, more: Partial<ScopeView> = {}): ScopeView => ({
  scope: `x.${verb}`,
  level: 'see',
  verb,
  object,
  published: true,
  ...more,
});
const resource = (name: string): ResourceName => ({
  id: name,
  name,
  service: { id: 'server:s', name: 'Concur', state: 'answering' },
});

const [SEE, APPROVE, CHANGE] = [
  scope('see', 'purchase requests'),
  scope('approve', 'purchase requests'),
  scope('change', 'approval limits'),
];
const [ANSEHEN, GENEHMIGEN] = [scope('ansehen', 'Kaufanfragen'), scope('genehmigen', 'Kaufanfragen')];
const peter = subject('Peter Baumann');
const approvals = resource('Purchase approvals');
const lastDay = endOfDay('2026-11-29', ZONE);
const access = { holder: peter, scopes: [SEE, APPROVE], resources: [approvals], until: lastDay };

describe('the sentence of an access', () => {
  it('P1 says who can do what in what until when, absolute and relative', () => {
    expect(bareText(accessSentence(access, reader()))).toBe(
      'Peter Baumann can see and approve purchase requests in Purchase approvals until Sun 29 Nov 2026 (in 7 days).',
    );
    const german = { ...access, scopes: [ANSEHEN, GENEHMIGEN] };
    expect(bareText(accessSentence(german, reader('de')))).toBe(
      'Peter Baumann kann bis So., 29. Nov. 2026 (in 7 Tagen) in Purchase approvals Kaufanfragen ansehen und genehmigen.',
    );
    expect(bareText(accessLine(access, reader()))).toMatch(/^Can see and approve purchase requests in/);
  });

  it('P1 of what is about to be given says how long, and that it ends by itself', () => {
    expect(bareText(draftSentence({ ...access, scopes: [SEE] }, reader()))).toBe(
      'Peter Baumann can see purchase requests in Purchase approvals from today until Sun 29 Nov 2026 (7 days). ' +
        'After that it ends by itself.',
    );
    const later = { from: startOfDay('2027-08-03', ZONE), until: endOfDay('2027-08-16', ZONE) };
    expect(bareText(draftSentence({ ...access, ...later, scopes: [SEE] }, reader()))).toContain(
      'from Tue 3 Aug 2027 (in 8 months) until Mon 16 Aug 2027 (14 days).',
    );
    const long = (day: string, language?: 'de') =>
      bareText(draftSentence({ ...access, until: endOfDay(day, ZONE) }, reader(language)));
    expect(long('2027-06-22')).toContain('until Tue 22 Jun 2027 (7 months)');
    expect(long('2046-11-22')).toContain('2046 (20 years)');
    expect(long('2046-11-22', 'de')).toContain('2046 (20 Jahre)');
    expect(bareText(accessSentence({ ...access, until: endOfDay('2098-12-31', ZONE) }, reader()))).toContain(
      '(in 72 years)',
    );
    expect(bareText(draftSentence({ ...access, until: null }, reader()))).toMatch(/from today with no end date\.$/);
  });

  it('P1 has forms for what is to come, rests, and is over', () => {
    const from = startOfDay('2026-11-27', ZONE);
    expect(bareText(accessSentence({ ...access, from, state: 'starting' }, reader()))).toContain(
      'from Fri 27 Nov 2026 (in 5 days) until Sun 29 Nov 2026 (in 7 days).',
    );
    expect(bareText(accessSentence({ ...access, state: 'suspended' }, reader()))).toMatch(/at present\.$/);
    const ended = { ...access, state: 'ended', ended_at: '2026-11-20T08:14:00Z', ended_by: 'owner' } as const;
    expect(bareText(accessSentence(ended, reader()))).toBe(
      'Peter Baumann could see and approve purchase requests in Purchase approvals. ' +
        'You ended it 2 days ago (Fri 20 Nov 2026, 09:14).',
    );
    expect(bareText(overSentence(access, reader()))).toBe(
      'Peter Baumann can no longer see and approve purchase requests in Purchase approvals.',
    );
  });

  it('P1 joins scopes with one object, lists the others, and counts resources beyond the first', () => {
    expect(bareText(deed([SEE, CHANGE, APPROVE], 'en'))).toBe(
      'see and approve purchase requests, and change approval limits',
    );
    expect(bareText(deed([SEE, CHANGE], 'en'))).toBe('see purchase requests and change approval limits');
    expect(bareText(lastUsed(NOW - 30_000, reader()))).toMatch(/^Used just now \(/);
    expect(bareText(lastUsed(NOW + 20_000, reader()))).toMatch(/^Used just now \(/);
    const many = { ...access, resources: ['A', 'B', 'C', 'D'].map(resource), resource_count: 9 };
    expect(bareText(accessSentence(many, reader()))).toContain(' in A, B, C and 6 more until ');
    expect(bareText(accessSentence({ ...access, resources: [] }, reader()))).not.toContain(' in Purchase');
    expect(bareText(accessSentence({ ...access, through: subject('Globex Portal') }, reader()))).toMatch(
      /only through Globex Portal\.$/,
    );
    expect(bareText(sharedWithMeSentence({ ...access, owner: subject('Anna') }, reader()))).toMatch(
      /^You can see and approve purchase requests in Purchase approvals, shared by Anna, until /,
    );
    const over = { ...access, owner: subject('Anna'), state: 'ended' as const, ended_at: '2026-11-20T10:00:00Z' };
    expect(bareText(sharedWithMeSentence(over, reader()))).toMatch(/approvals, shared by Anna\. It ended 2 days ago/);
    const told = (by: 'owner' | 'expired') => bareText(sharedWithMeSentence({ ...over, ended_by: by }, reader()));
    expect(told('owner')).toMatch(/shared by Anna\. Anna ended it 2 days ago/);
    expect(told('expired')).toMatch(/shared by Anna\. It ended by itself 2 days ago/);
  });

  it('G16 never says the name of a scope, not even of one that nobody described', () => {
    const secret = scope('', '', { scope: 'purchase:read', published: false });
    for (const language of LANGUAGES) {
      const text = bareText(accessSentence({ ...access, scopes: [secret] }, reader(language)));
      expect(text).not.toContain('purchase:read');
      expect(text).toMatch(/not described yet|noch nicht Beschriebenes/);
    }
    expect(deedLine(SEE, 'en').text).toBe('See purchase requests');
  });

  it('marks words of another language, in the order of that language', () => {
    const foreign = [scope('ansehen', 'Fotos', { lang: 'de' }), scope('drucken', 'Fotos', { lang: 'de' })];
    expect(deed(foreign, 'en')).toEqual([{ kind: 'words', text: 'Fotos ansehen und drucken', lang: 'de' }]);
  });
});

describe('names and times in sentences', () => {
  it('words turn nothing around them either', () => {
    const turning = scope('see\u202e', 'photos\u2066');
    expect(deedLine(turning, 'en').text).toBe('See photos');
    expect(bareText(accessSentence({ ...access, scopes: [turning] }, reader()))).not.toMatch(/[\u202a-\u2069]/);
  });

  it('isolates names, and takes out what turns the direction of what surrounds them', () => {
    const dressed = accessSentence({ ...access, holder: subject('<b>\u202Eretep\n') }, reader());
    expect(dressed[0]).toEqual({ kind: 'name', text: '<b>retep ' });
    expect(plainText(dressed)).toMatch(/^\u2068<b>retep \u2069 can/);
  });

  it('a name that looks like a place for another changes nothing', () => {
    const text = bareText(accessSentence({ ...access, holder: subject('\ue001\ue000') }, reader()));
    expect(text).toMatch(/^\ue001\ue000 can see/);
  });

  it('names the zone of the owner where the reader would take her midnight for another', () => {
    expect(bareText([end(lastDay, reader('en', { readerZone: 'America/New_York' }))])).toBe(
      'Sun 29 Nov 2026, 24:00 Vienna time (in 7 days)',
    );
    expect(bareText([end(lastDay, reader('de', { readerZone: 'Europe/Paris' }))])).toBe(
      'So., 29. Nov. 2026 (in 7 Tagen)',
    );
    expect(bareText([past(NOW - 3_600_000, { language: 'en', now: NOW })])).toBe(
      '1 hour ago (Sun 22 Nov 2026, 09:00 UTC)',
    );
  });

  it('ux 6 to whom somebody shares with, the end is that of the owner’s day, by the name of her zone where it differs', () => {
    const held = { ...access, owner: subject('Anna'), time_zone: 'Europe/Berlin' };
    const inNewYork = reader('en', { zone: 'America/New_York' });
    expect(bareText(sharedWithMeSentence(held, inNewYork))).toMatch(
      /, until Sun 29 Nov 2026, 24:00 Berlin time \(in 7 days\)\.$/,
    );
    expect(bareText(sharedWithMeSentence(held, reader('de', { zone: 'America/New_York' })))).toContain(
      'bis So., 29. Nov. 2026, 24:00 Uhr Zeit in Berlin (in 7 Tagen)',
    );
    expect(bareText(sharedWithMeSentence(held, reader()))).toMatch(/, until Sun 29 Nov 2026 \(in 7 days\)\.$/);
    expect(bareText(sharedWithMeSentence({ ...held, time_zone: 'Nowhere/Else' }, inNewYork))).toMatch(/, 18:00/);
  });

  it('of what has just been says so, where the clock of the reader is behind too', () => {
    for (const moment of [NOW - 30_000, NOW, NOW + 30_000, NOW + 90_000])
      expect(bareText([past(moment, reader())])).toMatch(/^just now \(/);
  });

  it('says absolute first of what is to come, and relative first of what has been', () => {
    expect(bareText(lastUsed('2026-11-20T08:14:00Z', reader()))).toBe('Used 2 days ago (Fri 20 Nov 2026, 09:14)');
    expect(bareText(lastUsed(undefined, reader('de')))).toBe('Nie genutzt');
    expect(bareText(nextEnds(endOfDay('2026-12-01', ZONE), reader()))).toBe('next ends in 9 days (Tue 1 Dec 2026)');
    expect(bareText(until('2026-11-22T18:30:00Z', reader()))).toBe('until Sun 22 Nov 2026, 19:30 (in 8 hours)');
    expect(bareText(until(endOfDay('2026-11-23', ZONE), reader()))).toBe('until Mon 23 Nov 2026 (tomorrow)');
    expect(start(startOfDay('2026-11-27', ZONE), reader())).toEqual({
      kind: 'time',
      text: 'Fri 27 Nov 2026 (in 5 days)',
      at: '2026-11-26T23:00:00.000Z',
    });
  });

  it('G18 the end in the sentence before saving is the end in the sentence after it, in every zone', () => {
    const zones = [...Intl.supportedValuesOf('timeZone'), 'Etc/GMT+11', 'Etc/GMT-14'];
    const days = fc.integer({ min: 1, max: 800 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, fc.constantFrom(...LANGUAGES), (zone, count, language) => {
        const date = addDays('2026-11-22', count);
        const frame = reader(language, { zone });
        const chosen = endOfDay(date, zone);
        const read = new Date(chosen).toISOString();
        const day = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'de', {
          weekday: 'short',
          day: 'numeric',
          month: 'short',
          year: 'numeric',
          timeZone: 'UTC',
        }).format(Date.parse(`${date}T12:00:00Z`));
        const shown = language === 'en' ? day.replace(',', '') : day;
        expect(bareText(draftSentence({ ...access, until: chosen }, frame))).toContain(shown);
        expect(bareText(accessSentence({ ...access, until: read }, frame))).toContain(shown);
      }),
      { numRuns: 1000 },
    );
  });

  it('says lengths of time as chips do', () => {
    expect([1, 7, 14, 30, 90, 365].map((days) => durationText(days, 'en'))).toEqual([
      '1 day',
      '1 week',
      '2 weeks',
      '30 days',
      '90 days',
      '1 year',
    ]);
    expect(durationText(7, 'de')).toBe('1 Woche');
  });
});

describe('sentences of requests and of what happened', () => {
  it('ask in the words of the scopes', () => {
    const request = { who: subject('Mara Lindt'), asked: [{ resource: approvals, scopes: [SEE, APPROVE] }] };
    expect(bareText(requestSentence(request, reader()))).toBe(
      'Mara Lindt asks to see and approve purchase requests in Purchase approvals',
    );
    const german = { ...request, asked: [{ resource: approvals, scopes: [ANSEHEN, GENEHMIGEN] }] };
    expect(bareText(requestSentence(german, reader('de')))).toBe(
      'Mara Lindt möchte in Purchase approvals Kaufanfragen ansehen und genehmigen',
    );
  });

  const KINDS: Readonly<Record<ActivityKind, RegExp>> = {
    asked: /^Peter Baumann asked to see purchase requests in Purchase approvals\.$/,
    approved: /^You approved a request: Peter Baumann can see .* until Sun 29 Nov 2026 \(in 7 days\)\.$/,
    denied: /^You denied a request: Peter Baumann asked to see/,
    request_expired: /^A request ended without an answer: Peter Baumann asked/,
    given: /^You gave access: Peter Baumann can see/,
    changed: /^You changed access: Peter Baumann can see/,
    removed: /^You revoked access: Peter Baumann can no longer see/,
    given_back: /^You gave access back: Peter Baumann can see/,
    ended: /^Access ended by itself: Peter Baumann can no longer see/,
    stopped: /^You stopped all access of Peter Baumann\.$/,
    handed_over: /^You handed over: Peter Baumann can see/,
    handover_ended: /^Peter Baumann no longer covers\.$/,
    invited: /^You invited maya@example\.org by e-mail: see purchase requests in Purchase approvals\.$/,
    invitation_accepted: /^maya@example\.org accepted as Peter Baumann: Peter Baumann can see .* \(in 7 days\)\.$/,
    invitation_declined: /^maya@example\.org declined the invitation: see purchase requests in Purchase approvals\.$/,
    invitation_taken_back: /^You took the invitation of maya@example\.org back: see purchase requests in/,
    used: /^Peter Baumann used access to Purchase approvals: see purchase requests\.$/,
    refused: /^Peter Baumann was refused: wanted to see purchase requests in Purchase approvals\.$/,
    registered: /^You put/,
    unregistered: /^Anna removed Purchase approvals\.$/,
    signed_in: /^You signed in\.$/,
    signed_out: /^You signed out\.$/,
    reopened: /^You took a denial back: Peter Baumann asked to see/,
    session_ended: /^You ended a sign-in in another browser\.$/,
    sessions_ended: /^You ended all other sign-ins\.$/,
    password_changed: /^You changed the password\.$/,
    app_added: /^You added an authenticator app\.$/,
    app_removed: /^You removed the authenticator app\.$/,
    recovery_codes_made: /^You made new recovery codes\.$/,
    recovery_codes_removed: /^You removed the recovery codes\.$/,
    passkey_added: /^You added a passkey\.$/,
    passkey_removed: /^You removed a passkey\.$/,
  };

  it.each(Object.entries(KINDS).filter(([kind]) => kind !== 'registered'))('tell of %s', (kind, expected) => {
    const row = {
      kind: kind as ActivityKind,
      actor: subject('Anna', 'account:anna'),
      holder: peter,
      resources: [approvals],
      scopes: [SEE],
      until: new Date(lastDay).toISOString(),
      invited: 'maya@example.org',
    };
    expect(bareText(activityLine(row, reader()))).toMatch(expected);
    const german = bareText(activityLine({ ...row, scopes: [ANSEHEN] }, reader('de')));
    expect(german).not.toBe(bareText(activityLine(row, reader())));
    expect(german).toMatch(/\.$/);
  });

  it('tell who did it, or that it happened by itself, and through what', () => {
    const row = { kind: 'given', holder: peter, resources: [approvals], scopes: [SEE] } as const;
    expect(bareText(activityLine(row, reader()))).toMatch(/^Access was given: Peter/);
    expect(bareText(activityLine({ ...row, actor: subject('Owner app') }, reader('de')))).toMatch(
      /^Owner app hat Zugriff gegeben: /,
    );
    const used = { ...row, kind: 'used', through: subject('Gateway') } as const;
    expect(bareText(activityLine(used, reader('de')))).toBe(
      'Peter Baumann hat über Gateway den Zugriff auf Purchase approvals genutzt: purchase requests see.',
    );
    expect(bareText(activityLine({ ...row, kind: 'registered' }, reader()))).toBe(
      'Concur put Purchase approvals under your care.',
    );
  });

  it('tell shortly what came of it', () => {
    const result = {
      ended: { accesses: 1, tokens: 2, people: 3, applications: 1 },
      could_not_end: [],
      removed: [],
    };
    expect(bareText(revokedToast(peter, result, reader()))).toBe(
      'Peter Baumann no longer has access. 2 sessions ended.',
    );
    expect(bareText(stoppedToast(result, reader('de')))).toBe('Der Zugriff ist beendet: 3 Personen und 1 Anwendung.');
    expect(holdersText({ people: 2, applications: 1, groups: 0 }, reader())).toBe('2 people and 1 application');
    expect(holdersText({ people: 0, applications: 0, groups: 0 }, reader('de'))).toBe('Nur Sie');
    expect(bareText(coverLine({ subject: peter, resource_count: 6, until: lastDay }, reader()))).toBe(
      'Peter Baumann covers 6 things until Sun 29 Nov 2026 (in 7 days).',
    );
  });
});
