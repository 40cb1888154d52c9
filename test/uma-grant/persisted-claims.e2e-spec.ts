import { setTimeout as wait } from 'node:timers/promises';

import { clientOf, pushed } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { past } from '../support/eventually.js';
import { requestingParty, textMember } from '../support/uma.js';
import { CAROL, type ClientName, DAVE } from '../support/world.js';
import { type Album, aliceOf, ALICES_CONNECTIONS, CAROLS_ACCOUNT, outcome, partnerSubject } from './photo-sharing.js';
import { logged } from '../support/logged.js';

const OPTIONS = { connections: ALICES_CONNECTIONS, config: { tokens: { pct_lifetime: '10s' } } };

describeServer('UMA grant: persisted claims tokens (attack class 142)', OPTIONS, (server) => {
  const alice = () => aliceOf(server());
  const shop = () => clientOf(server(), 'print-shop');
  const albumFor = async (subject: object, more: object = {}) => {
    const album = await alice().album();
    await album.share(subject, ['view'], more);
    return album;
  };
  const carolsAlbum = () => albumFor(CAROLS_ACCOUNT);
  const pctOf = async (album: Album, subject = CAROL, client: ClientName = 'print-shop') =>
    textMember(await requestingParty(server(), subject, client).present(await album.ticket('view')), 200, 'pct');
  const useOf = async (album: Album, pct: string, client: ClientName = 'print-shop') =>
    outcome(await clientOf(server(), client).rpt(await album.ticket('view'), { pct }));

  it('UG-44 serves its client in the place of claims, again and again, and is given out for pushed claims only', async () => {
    const album = await carolsAlbum();
    const pct = await pctOf(album);
    expect(pct).toMatch(/^vk_pct_[\w-]{49}$/);
    for (let use = 0; use < 2; use += 1) {
      const granted = await shop().rpt(await album.ticket('view'), { pct });
      expect(await alice().permissions(textMember(granted, 200, 'access_token'))).toEqual([album.on('view')]);
      expect(granted.json()).not.toHaveProperty('pct');
    }
    const needless = await albumFor({ type: 'client' }, { client_id: 'print-shop' });
    expect((await shop().rpt(await needless.ticket('view'))).json()).not.toHaveProperty('pct');
  });

  it('UG-44 of another client is ignored, and noted; it stays good for its own', async () => {
    const album = await carolsAlbum();
    const pct = await pctOf(album);
    for (const thief of ['other-shop', 'public-app', 'signed-shop'] as const)
      expect(await useOf(album, pct, thief)).toBe('403 need_info');
    await logged(server(), 'pct_of_another_client');
    expect(server().log()).not.toContain(pct);
    expect(await useOf(album, pct)).toBe('200');
  });

  it('UG-44 of another client is noted once for a decision, however often it had to be taken', async () => {
    const album = await carolsAlbum();
    const pct = await pctOf(album);
    const ticket = await album.ticket('view');
    const before = server().log().length;
    const thief = clientOf(server(), 'other-shop');
    const answers = await Promise.all(Array.from({ length: 20 }, () => thief.rpt(ticket, { pct })));
    // One presentation of the ticket counts; the others find it used and look at nothing else.
    expect(answers.map(outcome).filter((one) => one === '403 need_info')).toHaveLength(1);
    await logged(server(), 'pct_of_another_client', before);
    await wait(100);
    expect(
      server()
        .log()
        .slice(before)
        .match(/pct_of_another_client/g),
    ).toHaveLength(1);
  });

  it.each(['', 'x', 'vk_pct_', '{"sub":"carol-1"}', '__proto__'])('ignores %j', async (pct) => {
    expect(await useOf(await carolsAlbum(), pct)).toBe('403 need_info');
  });

  it('ignores a changed one, and other values of this server', async () => {
    const album = await carolsAlbum();
    const granted = await requestingParty(server(), CAROL, 'print-shop').present(await album.ticket('view'));
    const pct = textMember(granted, 200, 'pct');
    const changed = `${pct.slice(0, -7)}${pct.at(-7) === 'A' ? 'B' : 'A'}${pct.slice(-6)}`;
    for (const value of [changed, textMember(granted, 200, 'access_token'), textMember(granted, 200, 'refresh_token')])
      expect(await useOf(album, value)).toBe('403 need_info');
  });

  it('speaks for nobody but its own party', async () => {
    const [carols, daves] = [await carolsAlbum(), await albumFor(partnerSubject(server(), DAVE))];
    const [carolsPct, davesPct] = [await pctOf(carols), await pctOf(daves, DAVE)];
    expect(await useOf(carols, davesPct)).toBe('403 request_submitted');
    expect(await useOf(daves, carolsPct)).toBe('403 request_submitted');

    // Claims that are pushed now replace what the same issuer said before.
    const dave = requestingParty(server(), DAVE, 'print-shop');
    expect(outcome(await dave.present(await carols.ticket('view'), { pct: carolsPct }))).toBe('403 request_submitted');
    expect(outcome(await dave.present(await daves.ticket('view'), { pct: carolsPct }))).toBe('200');
  });

  it('UG-31 still helps where a claim token in the same request is not believed', async () => {
    const album = await carolsAlbum();
    const pct = await pctOf(album);
    const granted = await shop().rpt(await album.ticket('view'), { pct, ...pushed('e30.e30.e30') });
    expect(outcome(granted)).toBe('200');
    expect(granted.json()).not.toHaveProperty('pct');
  });

  it('UG-43 can be revoked by its client, with the hint pct, without a hint and with a wrong one', async () => {
    for (const hint of ['pct', undefined, 'access_token']) {
      const album = await carolsAlbum();
      const pct = await pctOf(album);
      expect(outcome(await clientOf(server(), 'other-shop').revoke(pct, hint))).toBe('400 unauthorized_client');
      expect(await useOf(album, pct)).toBe('200');
      for (let repeated = 0; repeated < 2; repeated += 1) expect((await shop().revoke(pct, hint)).status).toBe(200);
      expect(await useOf(album, pct)).toBe('403 need_info');
    }
  });

  describe('as time goes by', () => {
    const prepare = async () => {
      const strict = await albumFor(CAROLS_ACCOUNT, { max_claims_age: 5 });
      const lax = await albumFor(CAROLS_ACCOUNT, { max_claims_age: 60 });
      return { strict, lax, pct: await pctOf(strict), made: Date.now() };
    };
    let remembered: Awaited<ReturnType<typeof prepare>>;
    beforeAll(async () => {
      remembered = await prepare();
    });

    it('UG-34 its claims count only while they are as young as the policy wants; fresh ones help', async () => {
      const { strict, lax, pct, made } = remembered;
      await past(made + 5_050);
      expect(await useOf(lax, pct)).toBe('200');
      const stale = await shop().rpt(await strict.ticket('view'), { pct });
      expect(outcome(stale)).toBe('403 need_info');
      const carol = requestingParty(server(), CAROL, 'print-shop');
      expect(outcome(await carol.present(textMember(stale, 403, 'ticket')))).toBe('200');
    });

    it('ends with its lifetime', async () => {
      await past(remembered.made + 10_050);
      expect(await useOf(remembered.lax, remembered.pct)).toBe('403 need_info');
    });
  });
});
