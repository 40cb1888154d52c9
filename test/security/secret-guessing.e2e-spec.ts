import { describeServer } from '../support/engines.js';
import { type Answer, basic } from '../support/http.js';
import type { Server } from '../support/server.js';
import type { ClientName } from '../support/world.js';

const MOST_FAILURES = 100;
const SAMPLES = 150;

interface Guess {
  readonly client: string;
  readonly secret: string;
  readonly from: string;
  readonly path?: string;
}

/** What a client gets with a secret in the form, from an address. */
function ask({ http }: Server, { client, secret, from, path = '/token' }: Guess): Promise<Answer> {
  const form = { client_id: client, client_secret: secret, grant_type: 'client_credentials', scope: 'photos.read' };
  return http.form(path, path === '/token' ? form : { ...form, token: 'x' }, { from });
}

/** A machine that is busy makes some answers slow, and none fast: what the quick ones took says what the work takes. */
const quick = (numbers: readonly number[]) => [...numbers].sort((one, other) => one - other)[numbers.length >> 4] ?? 0;

describeServer('attack class 63: guessing the secret of a client', {}, (server) => {
  const right = (client: ClientName) => server().world.clients[client].secret ?? '';
  const guesses = async (client: string, from: string, count: number) => {
    const answers = [];
    for (let round = 0; round < count; round += 1)
      answers.push(await ask(server(), { client, secret: `wrong-${round}`, from }));
    return answers;
  };
  const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status);
  const times = (count: number, status: number) => Array<number>(count).fill(status);

  it('is slowed down with 429 and Retry-After, while the right secret passes from the same address', async () => {
    const from = '127.0.1.1';
    expect(statuses(await guesses('other-shop', from, MOST_FAILURES))).toEqual(times(MOST_FAILURES, 401));
    const slowed = await guesses('other-shop', from, 20);
    expect(statuses(slowed)).toEqual(times(20, 429));
    for (const answer of slowed) {
      expect(answer.json()).toEqual({
        error: 'invalid_client',
        error_description: 'Too many failed attempts; try again later.',
      });
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
    }
    for (let round = 0; round < 20; round += 1) {
      expect((await ask(server(), { client: 'other-shop', secret: right('other-shop'), from })).status).toBe(200);
      expect((await ask(server(), { client: 'other-shop', secret: 'wrong', from })).status).toBe(429);
    }
  });

  it('harms neither the same client elsewhere nor another client there', async () => {
    const from = '127.0.1.2';
    await guesses('other-shop', from, MOST_FAILURES + 5);
    const elsewhere = '127.0.1.3';
    expect((await ask(server(), { client: 'other-shop', secret: 'wrong', from: elsewhere })).status).toBe(401);
    expect((await ask(server(), { client: 'other-shop', secret: right('other-shop'), from: elsewhere })).status).toBe(
      200,
    );
    const basicOf = (secret: string) => ({ from, headers: { authorization: basic('print-shop', secret) } });
    const form = { grant_type: 'client_credentials', scope: 'photos.read' };
    expect((await server().http.form('/token', form, basicOf('wrong'))).status).toBe(401);
    expect((await server().http.form('/token', form, basicOf(right('print-shop')))).status).toBe(200);
  });

  it('is counted over all endpoints together', async () => {
    const from = '127.0.1.4';
    const paths = ['/token', '/introspect', '/revoke'];
    const seen: number[] = [];
    for (let round = 0; round < MOST_FAILURES + 6; round += 1)
      seen.push(
        (await ask(server(), { client: 'other-shop', secret: `wrong-${round}`, from, path: paths[round % 3] })).status,
      );
    expect(seen).toEqual([...times(MOST_FAILURES, 401), ...times(6, 429)]);
  });

  it('of many at once lets no more through, and the right one still', async () => {
    const from = '127.0.1.5';
    const answers = await Promise.all(
      Array.from({ length: 150 }, (_, round) =>
        ask(server(), { client: 'other-shop', secret: `wrong-${round}`, from }),
      ),
    );
    expect(statuses(answers).filter((status) => status === 401)).toHaveLength(MOST_FAILURES);
    expect(statuses(answers).filter((status) => status === 429)).toHaveLength(50);
    expect((await ask(server(), { client: 'other-shop', secret: right('other-shop'), from })).status).toBe(200);
  });

  it('says the same of an unknown client, at every step, and never which of the two it was', async () => {
    const told = ({ status, headers, text }: Answer) => {
      const { date, 'retry-after': retryAfter, ...rest } = headers;
      return { status, text, rest, hasDate: date !== undefined, mayRetry: retryAfter !== undefined };
    };
    const known = await guesses('other-shop', '127.0.1.6', MOST_FAILURES + 3);
    const unknown = await guesses('no-such-shop', '127.0.1.6', MOST_FAILURES + 3);
    expect(unknown.map(told)).toEqual(known.map(told));
    // So it is with a client of another method and with a public one.
    for (const client of ['signed-shop', 'public-app', 'print-shop'])
      expect(told((await guesses(client, '127.0.1.7', 1))[0] as Answer)).toEqual(told(known[0] as Answer));
  });

  it('takes no longer for a client that exists than for one that does not', async () => {
    const ratio = async (attempt: number): Promise<number> => {
      const lasted: Record<string, number[]> = { 'other-shop': [], 'no-such-shop': [] };
      for (let round = 0; round < SAMPLES; round += 1) {
        for (const [client, samples] of Object.entries(lasted)) {
          // A fresh address each time, so that both are answered with 401.
          const from = `127.0.${2 + 2 * attempt + (round >> 7)}.${1 + (round & 127)}`;
          const began = performance.now();
          await ask(server(), { client, secret: `wrong-${round}`, from });
          samples.push(performance.now() - began);
        }
      }
      const [known = 0, unknown = 0] = Object.values(lasted).map(quick);
      return Math.max(known, unknown) / Math.min(known, unknown);
    };
    // Coarse, as times on a busy machine are; an extra query or a slow hash for one of them would be seen every time.
    const ratios: number[] = [];
    for (let attempt = 0; attempt < 6 && !ratios.some((one) => one < 1.4); attempt += 1)
      ratios.push(await ratio(attempt));
    expect(Math.min(...ratios)).toBeLessThan(1.4);
  });
});
