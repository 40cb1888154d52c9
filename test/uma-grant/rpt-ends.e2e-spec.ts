import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { requestingParty, textMember } from '../support/uma.js';
import type { Answer } from '../support/http.js';
import { CAROL } from '../support/world.js';
import { type Album, aliceOf, ALICES_CONNECTIONS, ANYONE } from './photo-sharing.js';

const RPT_LIFETIME = 600;

/** No RPT promises to live longer than the last of its permissions (FedAuthz §5.1.1, attack class 148). */
describeServer('UMA grant: the end of an RPT', { connections: ALICES_CONNECTIONS }, (server) => {
  const alice = () => aliceOf(server());
  const shop = () => clientOf(server(), 'print-shop');
  const carol = () => requestingParty(server(), CAROL, 'print-shop');
  /** An album on which each scope is permitted for so many seconds; `undefined`: without end. */
  const album = async (ends: Readonly<Record<string, number | undefined>>) => {
    const made = await alice().album(...Object.keys(ends));
    for (const [scope, seconds] of Object.entries(ends)) {
      const end = seconds === undefined ? {} : { expires_at: new Date(Date.now() + seconds * 1000).toISOString() };
      await made.share(ANYONE, [scope], end);
    }
    return made;
  };
  const ask = async (rpt: string | undefined, ...wanted: [Album, ...string[]][]): Promise<Answer> => {
    const ticket = await alice().photos.ticket(...wanted.map(([one, ...scopes]) => one.on(...scopes)));
    return carol().present(ticket, rpt === undefined ? {} : { rpt });
  };
  /** How many seconds the answer and introspection say the RPT has; they must agree. */
  const lifetime = async (answer: Answer): Promise<number> => {
    const rpt = textMember(answer, 200, 'access_token');
    const expiresIn = answer.json<{ expires_in: number }>().expires_in;
    const { exp, iat } = (await alice().photos.introspect(rpt)).json<{ exp: number; iat: number }>();
    expect(Math.abs(exp - iat - expiresIn)).toBeLessThanOrEqual(1);
    return expiresIn;
  };
  const within = (seconds: number, most: number) => {
    expect(seconds).toBeLessThanOrEqual(most);
    expect(seconds).toBeGreaterThan(most - 30);
  };
  const refresh = async (answer: Answer, form = {}) => shop().refresh(textMember(answer, 200, 'refresh_token'), form);

  it('UG-42 a refreshed RPT ends with its last permission, and with its own lifetime where that is earlier', async () => {
    const [soon, later, endless] = [
      await album({ view: 60 }),
      await album({ print: 120 }),
      await album({ view: undefined }),
    ];
    within(await lifetime(await refresh(await ask(undefined, [soon, 'view']))), 60);
    within(await lifetime(await refresh(await ask(undefined, [soon, 'view'], [later, 'print']))), 120);
    const whole = await refresh(await ask(undefined, [soon, 'view'], [endless, 'view']));
    expect(await lifetime(whole)).toBe(RPT_LIFETIME);
  });

  it('UG-42 an RPT that is narrowed at refresh ends with what is left, and the next one is not narrower for it', async () => {
    const [soon, later] = [await album({ view: 60 }), await album({ print: 120 })];
    const first = await ask(undefined, [soon, 'view'], [later, 'print']);
    const narrow = await refresh(first, { scope: 'view' });
    within(await lifetime(narrow), 60);
    const { exp } = (await shop().introspect(textMember(narrow, 200, 'refresh_token'))).json<{ exp: number }>();
    within(exp - Math.floor(Date.now() / 1000), 120);
    const full = await refresh(narrow);
    within(await lifetime(full), 120);
    expect(await alice().permissions(textMember(full, 200, 'access_token'))).toHaveLength(2);
  });

  it('UG-40 an upgraded RPT ends with the last permission of both', async () => {
    const [soon, later] = [await album({ view: 60 }), await album({ view: 120 })];
    const first = textMember(await ask(undefined, [soon, 'view']), 200, 'access_token');
    const upgraded = await ask(first, [later, 'view']);
    expect(upgraded.json()).toMatchObject({ upgraded: true });
    within(await lifetime(upgraded), 120);
  });

  it('UG-40 a scope without an end lends none to one that ends on the same resource', async () => {
    const one = await album({ view: 60, print: undefined });
    const first = textMember(await ask(undefined, [one, 'view']), 200, 'access_token');
    within(await lifetime(await ask(first, [one, 'print'])), 60);
    // Without the older RPT, too: what the record allows on the resource ends with the first of its scopes.
    within(await lifetime(await ask(undefined, [one, 'print'])), 60);
  });
});
