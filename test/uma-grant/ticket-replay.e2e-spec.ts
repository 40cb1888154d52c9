import { setTimeout as wait } from 'node:timers/promises';

import { clientOf } from '../support/client.js';
import { changeStored, query } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { past } from '../support/eventually.js';
import { requestingParty, textMember } from '../support/uma.js';
import { CAROL } from '../support/world.js';
import { type Album, aliceOf, ALICES_CONNECTIONS, outcome } from './photo-sharing.js';

const INTERVAL = 1_050;
const DAY = 86_400_000;
const JOB_MS = 10_000;
const OPTIONS = {
  connections: ALICES_CONNECTIONS,
  config: { uma: { poll_interval: '1s' }, jobs: { expire_every: '300ms' } },
};

/** A process of four tickets: the first one, after need_info, after request_submitted, and after a poll. */
interface Process {
  readonly album: Album;
  readonly tickets: readonly string[];
}

describeServer('UMA grant: replay of a ticket long after its use (attack class 130)', OPTIONS, (server) => {
  const alice = () => aliceOf(server());
  const shop = () => clientOf(server(), 'print-shop');

  const beginProcess = async (): Promise<Process> => {
    const album = await alice().album();
    const first = await album.ticket('view');
    const second = textMember(await shop().rpt(first), 403, 'ticket');
    const third = textMember(await requestingParty(server(), CAROL, 'print-shop').present(second), 403, 'ticket');
    await wait(INTERVAL);
    const polled = await shop().rpt(third);
    expect(outcome(polled)).toBe('403 request_submitted');
    return { album, tickets: [first, second, third, textMember(polled, 403, 'ticket')] };
  };
  const approve = async ({ album }: Process) =>
    expect((await alice().owner.approve((await alice().pendingRequest(album)).id)).status).toBe(200);
  const exchange = async ({ tickets }: Process) => {
    const granted = await shop().rpt(tickets[3] ?? '');
    return ['access_token', 'refresh_token'].map((member) => textMember(granted, 200, member));
  };
  const several = () => Promise.all([beginProcess(), beginProcess(), beginProcess(), beginProcess()]);

  /** Used tickets expire, and the job comes by. */
  const letUsedTicketsExpire = async () => {
    const older = `UPDATE permission_ticket SET expires_at = expires_at - ${5 * DAY} WHERE used_at IS NOT NULL`;
    await changeStored(server(), older);
    const expired = `SELECT count(*) AS tickets FROM permission_ticket WHERE expires_at < ${Date.now() - DAY}`;
    for (const end = Date.now() + JOB_MS; ; await wait(50)) {
      if (Number((await query(server(), expired))[0]?.tickets) === 0) return;
      expect(Date.now()).toBeLessThan(end);
    }
  };

  it('UG-50 of the 1st, 2nd, 3rd or 4th ticket ends the RPT and the refresh token, though all have expired', async () => {
    const processes = [...(await several()), await beginProcess()];
    const [untouched, ...others] = processes as [Process, ...Process[]];
    await Promise.all(processes.map(approve));
    await wait(INTERVAL);
    const kept = await exchange(untouched);
    const tokens = await Promise.all(others.map(exchange));
    await letUsedTicketsExpire();
    for (const [index, { album, tickets }] of others.entries()) {
      const [rpt = '', refreshToken = ''] = tokens[index] ?? [];
      expect(await alice().permissions(rpt)).toEqual([album.on('view')]);
      const replay = await shop().rpt(tickets[index] ?? '');
      expect([index, outcome(replay)]).toEqual([index, '400 invalid_grant']);
      expect([index, await alice().permissions(rpt)]).toEqual([index, []]);
      expect([index, outcome(await shop().refresh(refreshToken))]).toEqual([index, '400 invalid_grant']);
    }
    expect(await alice().permissions(kept[0] ?? '')).toEqual([untouched.album.on('view')]);
  });

  it('UG-50 of the 1st, 2nd or 3rd ticket ends a process that waits for the owner, and by another client none', async () => {
    const processes = await several();
    const [untouched, ...others] = processes as [Process, ...Process[]];
    const inTime = Date.now() + INTERVAL;
    await letUsedTicketsExpire();
    await past(inTime);
    await Promise.all(processes.map(approve));
    for (const [index, process] of others.entries()) {
      expect(outcome(await shop().rpt(process.tickets[index] ?? ''))).toBe('400 invalid_grant');
      expect([index, outcome(await shop().rpt(process.tickets[3] ?? ''))]).toEqual([index, '400 invalid_grant']);
    }
    for (const ticket of untouched.tickets)
      expect(outcome(await clientOf(server(), 'other-shop').rpt(ticket))).toBe('400 invalid_grant');
    await exchange(untouched);
  });

  it('keeps nothing of a used ticket that has expired but that it was used, and in which process', async () => {
    await beginProcess();
    await letUsedTicketsExpire();
    const used = 'SELECT permissions, claims, asked FROM permission_ticket WHERE used_at IS NOT NULL';
    const rows = await query(server(), used);
    expect(rows.length).toBeGreaterThanOrEqual(3);
    for (const row of rows) expect(row).toEqual({ permissions: '[]', claims: null, asked: null });
  });
});
