import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changeStored, query } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { eventually, jobsDone } from '../support/eventually.js';
import { freshAddress, type InvitationJson, invitationOf, invite, invitedBy } from '../support/invited.js';
import { logged } from '../support/logged.js';
import { linkOf, outbox, sentTo } from '../support/outbox.js';
import { inDays } from './access-calls.js';
import { everyPage, type ListJson, outcome, OWNERS_CONNECTIONS, ownersOf, type Person } from './owners.js';

const ALLOWED = { sharing: { invitations: true, longest_days: 60 } };

describeServer('{issuer}/me/invitations', { connections: OWNERS_CONNECTIONS, config: ALLOWED }, (server) => {
  const alice = () => ownersOf(server()).alice;
  const bob = () => ownersOf(server()).bob;
  const takeBack = (who: Person, id: string, headers: Record<string, string> = {}) =>
    server().http.send({ method: 'DELETE', path: `/me/invitations/${id}`, bearer: who.token, headers });
  const listOf = async (who: Person, more = '') =>
    (await who.owner.get(`invitations?limit=200${more}`)).json<ListJson<InvitationJson>>().items;
  const linesOf = async (who: Person, kind: string) =>
    (await who.owner.get(`activity?kind=${kind}&limit=200`)).json<ListJson<{ invited?: string }>>().items;

  it('offers a share to an address, sends a mail after it was written down, and tells its owner', async () => {
    const [one, two] = [await alice().album('Summer'), await alice().album('Winter')];
    const address = freshAddress();
    const until = inDays(30);
    const answer = await invite(server(), alice(), {
      ...{ address, resource_ids: [one, two], scopes: ['view', 'print'], until, note: 'For you\nand yours' },
    });
    expect([answer.status, answer.json()]).toEqual([
      201,
      {
        ...{ id: expect.stringMatching(/^i[\w-]{20,}$/) as string, address, state: 'waiting', until },
        resources: [expect.objectContaining({ id: one, name: 'Summer' }), expect.objectContaining({ id: two })],
        scopes: [expect.objectContaining({ scope: 'view', verb: 'see' }), expect.objectContaining({ scope: 'print' })],
        note: 'For you\nand yours',
        ...{ invited_at: expect.any(String) as string, ends_at: expect.any(String) as string },
      },
    ]);
    const { id, ends_at: end } = answer.json<InvitationJson>();
    expect(Date.parse(end) - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
    expect(Date.parse(end) - Date.now()).toBeLessThanOrEqual(7 * 86_400_000);
    const mail = await sentTo(server(), address, 'Alice Archer invites you');
    const { host } = new URL(server().issuer);
    expect(mail.subject).toBe(`Alice Archer shares something with you at ${host}`);
    expect(mail.text).toContain('You can see and print the photos in Summer and Winter, shared by Alice Archer, until');
    expect(mail.text).toMatch(/It works once and for 7 days\. Do not pass it on/);
    expect(mail.text).toContain('If you did not expect this, you need not do anything');
    expect(mail.text.match(/https?:\/\/\S+/g)).toEqual([
      expect.stringMatching(new RegExp(`^${server().issuer}/invitations/vk_il_[\\w-]{49}$`)),
    ]);
    // The owner's own words go to nobody's mailbox.
    expect(mail.text).not.toContain('and yours');
    const told = await eventually(
      () => invitationOf(alice(), id),
      (one) => one?.mailed_at !== undefined,
    );
    expect(told).toHaveProperty('mailed_at');
    expect(await linesOf(alice(), 'invited')).toContainEqual(
      expect.objectContaining({ invited: address, actor: expect.objectContaining({ id: 'account:alice' }) as object }),
    );
    expect((await alice().owner.get(`policies?resource_id=${one}`)).json<ListJson>().items).toEqual([]);
  });

  it('keeps no link: what the database holds of it leads nowhere', async () => {
    const { link } = await invitedBy(server(), alice());
    const value = link.slice(link.indexOf('vk_il_'));
    for (const table of ['invitation', 'kept_answer', 'activity']) {
      expect(JSON.stringify(await query(server(), `SELECT * FROM ${table}`))).not.toContain(value);
    }
  });

  it('a change that is sent again is made once, and one mail is sent', async () => {
    const [album, address, key] = [await alice().album(), freshAddress(), randomUUID()];
    const fields = { address, resource_ids: [album], until: inDays(3) };
    const [first, again] = [
      await invite(server(), alice(), fields, { 'idempotency-key': key }),
      await invite(server(), alice(), fields, { 'idempotency-key': key }),
    ];
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    expect((await listOf(alice())).filter((one) => one.address === address)).toHaveLength(1);
    const last = await invitedBy(server(), alice());
    expect(last.state).toBe('waiting');
    expect((await outbox(server())).filter(({ to }) => to === address)).toHaveLength(1);
    expect((await takeBack(alice(), first.json<InvitationJson>().id, { 'idempotency-key': randomUUID() })).status).toBe(
      204,
    );
  });

  it('lists hers alone, page by page, and those that wait', async () => {
    const made = [await invitedBy(server(), bob()), await invitedBy(server(), bob()), await invitedBy(server(), bob())];
    expect((await takeBack(bob(), made[1]?.id ?? '')).status).toBe(204);
    const all = await everyPage<InvitationJson>(bob().owner, 'invitations?', 2);
    expect(all.map(({ id, state }) => [id, state])).toEqual([
      [made[0]?.id, 'waiting'],
      [made[1]?.id, 'taken_back'],
      [made[2]?.id, 'waiting'],
    ]);
    expect((await listOf(bob(), '&state=waiting')).map(({ id }) => id)).toEqual([made[0]?.id, made[2]?.id]);
    expect((await listOf(alice())).map(({ id }) => id)).not.toContain(made[0]?.id);
    expect(outcome(await bob().owner.get('invitations?state=accepted'))).toBe('400 invalid_request');
  });

  it('is taken back once, by its owner, and says how it is to who comes too late', async () => {
    const { id, address } = await invitedBy(server(), alice());
    expect(outcome(await takeBack(bob(), id))).toBe('404 not_found');
    const answers = await Promise.all(Array.from({ length: 5 }, () => takeBack(alice(), id)));
    expect(answers.map(outcome).sort()).toEqual(['204', ...Array<string>(4).fill('409 invalid_state')]);
    const late = answers.find(({ status }) => status === 409);
    expect(late?.json()).toMatchObject({ current: { id, state: 'taken_back' } });
    const lines = (await linesOf(alice(), 'invitation_taken_back')).filter((line) => line.invited === address);
    expect(lines).toHaveLength(1);
  });

  it.each([
    ['no address', { address: 'maya' }, '400 invalid_request'],
    ['two addresses', { address: 'maya@example.org,eve@evil.example' }, '400 invalid_request'],
    ['another header', { address: 'maya@example.org\r\nBcc: eve@evil.example' }, '400 invalid_request'],
    ['a name around it', { address: 'Maya <maya@example.org>' }, '400 invalid_request'],
    ['her own', { address: 'ALICE@example.org' }, '400 invalid_request'],
    ['an end that has passed', { until: inDays(-1) }, '400 invalid_request'],
    ['an end too far away', { until: inDays(62) }, '400 invalid_request'],
    ['no end', { until: null }, '400 invalid_request'],
    ['a beginning too far away', { from: inDays(62), until: inDays(63) }, '400 invalid_request'],
    ['nothing', { resource_ids: [] }, '400 invalid_request'],
    ['a scope without words', { scopes: ['x.undescribed'] }, '409 invalid_state'],
    ['a note with a control', { note: 'x\u0007' }, '400 invalid_request'],
    ['another member', { subject: 'account:carol' }, '400 invalid_request'],
  ])('refuses %s, and sends nothing', async (_name, fields, expected) => {
    const before = (await outbox(server())).length;
    const answer = await invite(server(), alice(), { resource_ids: [await alice().album()], ...fields });
    expect(outcome(answer)).toBe(expected);
    expect((await outbox(server())).length).toBe(before);
  });

  it('offers nothing of another owner’s: as what never was', async () => {
    const foreign = await bob().album();
    for (const id of [foreign, 'r_nothing']) {
      expect(outcome(await invite(server(), alice(), { resource_ids: [id] }))).toBe('404 not_found');
    }
  });

  it('of an address that somebody here has, of one that nobody has and of a disabled account’s: the same answers', async () => {
    const resource_ids = [await alice().album()];
    const answers = await Promise.all(
      ['bob@example.org', freshAddress()].map((address) => invite(server(), alice(), { address, resource_ids })),
    );
    const shape = answers.map((answer) => [answer.status, Object.keys(answer.json()).sort()]);
    expect(shape[0]).toEqual(shape[1]);
    expect(answers.map((answer) => Object.keys(answer.headers).sort())[0]).toEqual(
      Object.keys(answers[1]?.headers ?? {}).sort(),
    );
  });

  it('the same address is invited five times a day by one owner, and by others nevertheless', async () => {
    const [address, resource_ids] = [freshAddress(), [await bob().album()]];
    for (let times = 0; times < 5; times += 1) {
      const made = await invite(server(), bob(), {
        address: times % 2 ? address.toUpperCase() : address,
        resource_ids,
      });
      expect(made.status).toBe(201);
      await takeBack(bob(), made.json<InvitationJson>().id);
    }
    const sixth = await invite(server(), bob(), { address, resource_ids });
    expect([outcome(sixth), Number(sixth.headers['retry-after']) > 3600]).toEqual([
      '429 temporarily_unavailable',
      true,
    ]);
    expect((await invite(server(), alice(), { address, resource_ids: [await alice().album()] })).status).toBe(201);
  });

  it('goes with everything that is stopped', async () => {
    const { link } = await invitedBy(server(), bob());
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(303);
    // Her own token goes with it.
    const stop = await server().http.json('POST', '/me/stop', { sign_out: false }, { bearer: bob().token });
    expect(stop.status).toBe(200);
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(400);
  });
});

describeServer(
  '{issuer}/me/invitations: until they are over',
  {
    connections: OWNERS_CONNECTIONS,
    config: { ...ALLOWED, jobs: { expire_every: '200ms' } },
  },
  (server) => {
    const alice = () => ownersOf(server()).alice;

    it('twenty wait at most; one that ended makes room', async () => {
      const resource_ids = [await alice().album()];
      const made: InvitationJson[] = [];
      for (let index = 0; index < 20; index += 1) {
        const answer = await invite(server(), alice(), { resource_ids });
        expect(answer.status).toBe(201);
        made.push(answer.json());
      }
      expect(outcome(await invite(server(), alice(), { resource_ids }))).toBe('409 invalid_state');
      const [first] = made;
      await server().http.send({ method: 'DELETE', path: `/me/invitations/${first?.id ?? ''}`, bearer: alice().token });
      expect((await invite(server(), alice(), { resource_ids })).status).toBe(201);
    });

    it('is expired after its time, and a job removes it after seven days more', async () => {
      const { id } = (await alice().owner.get('invitations?state=waiting&limit=1')).json<ListJson<InvitationJson>>()
        .items[0] ?? { id: '' };
      await changeStored(server(), `UPDATE invitation SET ends_at = ${Date.now() - 1_000} WHERE id = '${id}'`);
      expect(await invitationOf(alice(), id)).toMatchObject({ state: 'expired' });
      await jobsDone(server(), 'expire');
      expect(await invitationOf(alice(), id)).toBeDefined();
      await changeStored(
        server(),
        `UPDATE invitation SET ends_at = ${Date.now() - 7 * 86_400_000 - 120_000} WHERE id = '${id}'`,
      );
      const gone = await eventually(
        () => invitationOf(alice(), id),
        (one) => one === undefined,
      );
      expect(gone).toBeUndefined();
    });
  },
);

describeServer(
  '{issuer}/me/invitations: their mails',
  { connections: OWNERS_CONNECTIONS, config: ALLOWED },
  (server) => {
    const alice = () => ownersOf(server()).alice;

    /** Its mail is due again. */
    const makeDue = (id: string) => changeStored(server(), `UPDATE invitation SET mail_at = 1 WHERE id = '${id}'`);

    it('a mail that nobody takes is tried again, with another link', async () => {
      await invitedBy(server(), alice());
      const folder = join(server().directory, 'data', 'outbox');
      await rename(folder, `${folder}.aside`);
      await writeFile(folder, 'no folder');
      const before = server().log().length;
      const { id, address } = (
        await invite(server(), alice(), { resource_ids: [await alice().album()] })
      ).json<InvitationJson>();
      await logged(server(), 'invitation_mail_failed', before);
      expect(await invitationOf(alice(), id)).not.toHaveProperty('mailed_at');
      await rm(folder);
      await rename(`${folder}.aside`, folder);
      await makeDue(id);
      const first = linkOf(await sentTo(server(), address, '/invitations/vk_il_'));
      expect((await fetch(first, { redirect: 'manual' })).status).toBe(303);
      const mails = async () => (await outbox(server())).filter(({ to }) => to === address);
      await makeDue(id);
      const [, again] = await eventually(mails, ({ length }) => length > 1);
      const second = again ? linkOf(again) : '';
      const status = async (link: string) => (await fetch(link, { redirect: 'manual' })).status;
      expect([second === first, await status(first), await status(second)]).toEqual([false, 400, 303]);
      await server().http.send({ method: 'DELETE', path: `/me/invitations/${id}`, bearer: alice().token });
    });

    it('ten mails a day go to one address, whoever wants them sent: the next ones wait', async () => {
      const { id, address } = (
        await invite(server(), alice(), { resource_ids: [await alice().album()] })
      ).json<InvitationJson>();
      const mails = async () => (await outbox(server())).filter(({ to }) => to === address).length;
      for (let sent = 1; sent <= 10; sent += 1) {
        expect(await eventually(mails, (count) => count >= sent)).toBe(sent);
        await makeDue(id);
      }
      const waits = await eventually(
        async () =>
          Number((await query(server(), `SELECT mail_at FROM invitation WHERE id = '${id}'`))[0]?.['mail_at']),
        (at) => at > Date.now() + 3_600_000,
      );
      expect(waits).toBeGreaterThan(Date.now() + 3_600_000);
      expect(await mails()).toBe(10);
      await server().http.send({ method: 'DELETE', path: `/me/invitations/${id}`, bearer: alice().token });
    });
  },
);

describeServer(
  '{issuer}/me/invitations: where the operator does not allow it',
  { connections: OWNERS_CONNECTIONS },
  (server) => {
    it('nobody is invited, as long as the setting does not say so', async () => {
      const { alice } = ownersOf(server());
      const answer = await invite(server(), alice, { resource_ids: [await alice.album()] });
      expect(outcome(answer)).toBe('400 invalid_request');
      expect(answer.json()['error_description']).toBe('Nobody can be invited by e-mail here.');
      expect((await alice.owner.get('invitations')).json()).toEqual({ items: [] });
      expect(await outbox(server())).toEqual([]);
    });
  },
);
