import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { basic } from '../support/http.js';
import { requestingParty, textMember } from '../support/uma.js';
import type { Server } from '../support/server.js';
import { DAVE } from '../support/world.js';
import { aliceOf, ALICES_CONNECTIONS, ANYONE, BOBS_CONNECTIONS } from '../uma-grant/photo-sharing.js';

interface AuditRecord {
  readonly level: string;
  readonly clientId: string;
  readonly requestId: string;
  readonly active: boolean;
  readonly reason?: string;
  readonly jti?: string;
  readonly family?: string;
  readonly grantId?: string;
}

const CONNECTIONS = [
  ...ALICES_CONNECTIONS,
  ...BOBS_CONNECTIONS,
  { account: 'alice', client: 'print-shop', scope: 'photos.read' },
  { account: 'bob', client: 'signed-shop', scope: 'photos.read' },
];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const MARKER = 'other-shop';
const isMarker = ({ clientId }: AuditRecord) => clientId === MARKER;

/** What stands in the log after something was asked, in order; only what this asking wrote. */
async function recordsOf(server: Server, ask: () => Promise<unknown>): Promise<AuditRecord[]> {
  const before = server.log().length;
  const records = () => {
    const written = server.log().slice(before);
    const lines = written.slice(0, written.lastIndexOf('\n') + 1).split('\n');
    return lines
      .filter((line) => line.includes('"audit":"introspection"'))
      .map((line) => JSON.parse(line) as AuditRecord);
  };
  await ask();
  // A line comes later than the answer, by the time that a pipe takes: the line of a client that asks here only is the last.
  await clientOf(server, MARKER).introspect('the end');
  const all = await eventually(
    () => Promise.resolve(records()),
    (some) => some.some(isMarker),
  );
  expect(all.map(isMarker).indexOf(true)).toBe(all.length - 1);
  return all.slice(0, -1);
}

describeServer('IR-09: the record of introspection', { connections: CONNECTIONS }, (server) => {
  const alice = () => aliceOf(server());
  const bob = () => aliceOf(server(), 2);
  const shop = () => clientOf(server(), 'print-shop');
  const photos = () => clientOf(server(), 'photo-service');
  const others = () => clientOf(server(), 'other-service');
  const tokenOf = async (who: 'print-shop' | 'signed-shop') =>
    textMember(await clientOf(server(), who).clientCredentials({ scope: 'photos.read' }), 200, 'access_token');
  const jtiOf = async (token: string) => (await photos().introspect(token)).json<{ jti: string }>().jti;
  const sharedWithDave = async () => {
    const album = await alice().album();
    const policy = await album.share(ANYONE, ['view']);
    const rpt = await requestingParty(server(), DAVE, 'print-shop').rpt(await album.ticket('view'));
    const { jti, grant_id: grantId } = (await alice().photos.introspect(rpt)).json<{ jti: string; grant_id: string }>();
    return { album, policy, rpt, jti, grantId };
  };
  const only = async (ask: () => Promise<unknown>): Promise<AuditRecord | undefined> => {
    const records = await recordsOf(server(), ask);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      level: 'info',
      active: false,
      requestId: expect.stringMatching(UUID) as string,
    });
    return records[0];
  };

  it.each(['print-shop', 'signed-shop'] as const)(
    'IR-09 an inactive answer about a token of %s has a line with caller, token and reason, and never the token',
    async (who) => {
      const token = await tokenOf(who);
      const jti = await jtiOf(token);
      const foreign = await only(() => others().introspect(token));
      expect(foreign).toMatchObject({ clientId: 'other-service', reason: 'not_for_caller', jti });
      await clientOf(server(), who).revoke(token);
      const revoked = await only(() => photos().introspect(token));
      expect(revoked).toMatchObject({ clientId: 'photo-service', reason: 'revoked', jti });
      expect(revoked?.grantId).toMatch(/^g_/);
      expect(revoked?.requestId).not.toBe(foreign?.requestId);
      const pieces = [token, ...token.split('.'), token.slice(0, 30), token.slice(-30)];
      for (const piece of pieces) expect(server().log()).not.toContain(piece);
    },
  );

  it('IR-09 says why an RPT is worth nothing, which the caller is not told', async () => {
    const { album, policy, rpt, jti, grantId } = await sharedWithDave();
    expect(await only(() => bob().photos.introspect(rpt))).toMatchObject({ reason: 'not_for_caller', jti, grantId });
    const elsewhere = () => server().http.form('/introspect', { token: rpt, resource_id: 'r_x' }, { bearer: pat() });
    expect(await only(elsewhere)).toMatchObject({ reason: 'another_resource', jti });
    expect(await only(() => photos().introspect(rpt))).toMatchObject({ reason: 'another_kind', jti });
    await alice().owner.removePolicy(policy);
    expect(await only(() => alice().photos.introspect(rpt))).toMatchObject({ reason: 'no_permission_left', jti });
    await album.share(ANYONE, ['view']);
    await alice().owner.endAuthorization(grantId);
    const ended = await only(() => alice().photos.introspect(rpt));
    expect(ended).toMatchObject({ clientId: 'photo-service', reason: 'authorization_ended', jti, grantId });
    expect((await alice().photos.introspect(rpt)).text).toBe('{"active":false}');
  });
  const pat = () => server().connections[0]?.access_token ?? '';

  it('IR-09 names the family of a refresh token, and not its value', async () => {
    const { refresh_token: value = '' } = server().connections[4] ?? {};
    const next = textMember(await shop().refresh(value), 200, 'refresh_token');
    const used = await only(() => shop().introspect(value));
    expect(used).toMatchObject({ clientId: 'print-shop', reason: 'used' });
    const foreign = await only(() => photos().introspect(next));
    expect(foreign).toMatchObject({ clientId: 'photo-service', reason: 'not_for_caller', family: used?.family });
    expect(used?.family).toMatch(/^\S{22}$/);
    for (const piece of [value.slice(6), next.slice(6)]) expect(server().log()).not.toContain(piece);
  });

  it('IR-09 knows nothing of what is no token, and writes none of it', async () => {
    for (const value of ['vk_at_made-up', 'a.b.c', 'made up"}\n{"audit":"introspection","active":true']) {
      const { jti, family, grantId, reason } = (await only(() => photos().introspect(value))) ?? {};
      expect({ jti, family, grantId, reason }).toEqual({ reason: 'unknown' });
      expect(server().log()).not.toContain('made');
    }
  });

  it('IR-09 leaves active answers to the level debug, and the refused to the line of their request', async () => {
    const token = await tokenOf('print-shop');
    expect(await recordsOf(server(), () => photos().introspect(token))).toEqual([]);
    const wrong = { headers: { authorization: basic('photo-service', 'x'.repeat(40)) } };
    expect(await recordsOf(server(), () => server().http.form('/introspect', { token }, wrong))).toEqual([]);
  });
});

const DETAILED = { config: { log: { level: 'debug' } } };

describeServer('IR-09: the record of introspection at the level debug', DETAILED, (server) => {
  it('IR-09 records active answers, too: who asked about which token of which authorization', async () => {
    const granted = await clientOf(server(), 'print-shop').clientCredentials({ scope: 'photos.read' });
    const token = textMember(granted, 200, 'access_token');
    let told: { jti?: string; grant_id?: string } = {};
    const records = await recordsOf(server(), async () => {
      told = (await clientOf(server(), 'photo-service').introspect(token)).json();
    });
    const known = { clientId: 'photo-service', jti: told.jti, grantId: told.grant_id };
    expect(records).toEqual([expect.objectContaining({ level: 'debug', active: true, ...known })]);
    expect(records[0]).not.toHaveProperty('reason');
    expect(server().log()).not.toContain(token);
  });
});
