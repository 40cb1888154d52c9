import type { BoundedCount, ClientHoldingsStore } from '@valetkey/authorizations';
import type { Client } from '@valetkey/clients';
import { DEFAULT_CLIENT_METADATA } from '@valetkey/clients';
import type { Clock } from '@valetkey/kernel';
import { ApplicationStanding, purposeIn } from './application-standing.service.js';

const client = { id: 'planner', metadata: DEFAULT_CLIENT_METADATA } as Client;

describe('A3: how many use an application', () => {
  let now = 0;
  let counted = 0;
  let people: BoundedCount;
  const standing = () => {
    const count = () => {
      counted += 1;
      return Promise.resolve(people);
    };
    const clock = { now: () => now } as Clock;
    return new ApplicationStanding({ people: count } as unknown as ClientHoldingsStore, clock, {
      pages: { languages: ['en'] },
    });
  };
  beforeEach(() => {
    now = 0;
    counted = 0;
  });

  it('is counted once in ten minutes, whatever it is', async () => {
    for (const count of [3, 30]) {
      people = { count, isMore: false };
      counted = 0;
      const pages = standing();
      for (now = 0; now < 600_000; now += 60_000) await pages.of(client, 'en');
      expect(counted).toBe(1);
      now = 600_000;
      await pages.of(client, 'en');
      expect(counted).toBe(2);
    }
  });

  it.each([
    [19, undefined],
    [20, { count: 20, isMore: false }],
  ])('of %i people says %o', async (count, users) => {
    people = { count, isMore: false };
    expect((await standing().of(client, 'en')).users).toEqual(users);
  });
});

describe('RFC 7591 §2.2: a purpose in several languages', () => {
  it.each([
    [{ en: 'to print', de: 'um zu drucken' }, 'de', { text: 'um zu drucken' }],
    [{ en: 'to print', 'de-AT': 'um zu drucken' }, 'de', { text: 'um zu drucken' }],
    [{ fr: 'imprimer', en: 'to print' }, 'de', { text: 'to print', lang: 'en' }],
    [{ fr: 'imprimer' }, 'de', { text: 'imprimer', lang: 'fr' }],
    [{}, 'de', undefined],
  ])('%o for a page in %s', (purpose, locale, found) => {
    expect(purposeIn(purpose, locale, ['en', 'de'])).toEqual(found);
  });
});
