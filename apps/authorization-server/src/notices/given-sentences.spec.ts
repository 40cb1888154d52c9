import type { Person } from '@valetkey/accounts';
import { SetClock } from '@valetkey/testing';
import type { ProcessNames } from '../authorization-api/claims/process-names.service.js';
import type { OwnerZones } from '../owner-api/settings/owner-zones.store.js';
import { GivenSentences } from './given-sentences.service.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');
/** The end of Sunday in Berlin. */
const SUNDAY = Date.parse('2026-11-29T23:00:00Z');
const VERBS = { en: ['see', 'photos'], de: ['ansehen', 'Fotos'] } as const;

const names = {
  owner: () => Promise.resolve('Anna <b>Berg</b>'),
  asked: (wanted: readonly { readonly resourceId: string }[], locale: 'en' | 'de') =>
    Promise.resolve(
      wanted.map(({ resourceId }) => {
        const [verb, object] = VERBS[locale];
        const scopes = [{ scope: 'view', level: 'see', verb, object, published: true, lang: locale }];
        return { resource: { name: `${resourceId} https://evil.example` }, scopes };
      }),
    ),
} as unknown as ProcessNames;
const zones = (readers: string | undefined) =>
  ({
    of: () => Promise.resolve(new Map([['anna', 'Europe/Berlin'], ...(readers ? [['bob', readers] as const] : [])])),
  }) as unknown as OwnerZones;
const bob = (locale: string) => ({ id: 'bob', locale }) as Person;
const given = (resourceId: string, expiresAt: number | null) => ({
  ...{ resourceId, scopes: ['view'], notBefore: null, expiresAt },
});

describe('UX principle 1: what was given, as the mail about it says it', () => {
  const told = (readers: string | undefined, locale: string, ...what: ReturnType<typeof given>[]) =>
    new GivenSentences(names, zones(readers), new SetClock(NOW)).sentences('account:anna', what, bob(locale));

  it('is the one sentence, with the end in the owner’s days, in the language of its reader', async () => {
    expect(await told('America/New_York', 'en', given('Summer', SUNDAY))).toEqual([
      'You can see photos in Summer https evil.example, shared by Anna  b Berg /b, until Sun 29 Nov 2026, 24:00 Berlin time (in 7 days).',
    ]);
    expect(await told('Europe/Paris', 'de', given('Summer', SUNDAY))).toEqual([
      'Sie können bis So., 29. Nov. 2026 (in 7 Tagen) in Summer https evil.example, geteilt von Anna  b Berg /b, Fotos ansehen.',
    ]);
    expect((await told(undefined, 'en', given('Summer', SUNDAY)))[0]).toContain('29 Nov 2026, 24:00 Berlin time');
  });

  it('is a sentence for each end', async () => {
    const sentences = await told(
      'Europe/Berlin',
      'en',
      given('One', SUNDAY),
      given('Two', null),
      given('Three', SUNDAY),
    );
    expect(sentences).toHaveLength(2);
    expect(sentences[0]).toMatch(/ in One .* and Three .*until Sun 29 Nov 2026 \(in 7 days\)\.$/);
    expect(sentences[1]).toMatch(/ in Two .* with no end date\.$/);
  });
});
