import { setTimeout as wait } from 'node:timers/promises';
import { SessionEndNoticeStore } from '@valetkey/accounts';
import type { Client, ClientRegistry } from '@valetkey/clients';
import type { SecurityEvent } from '@valetkey/oauth';
import { OutboundFailure } from '@valetkey/outbound';
import type { OpenDatabase } from '@valetkey/persistence';
import { describeDatabases } from '@valetkey/testing';
import { BackChannelLogout } from './back-channel-logout.service.js';
import { LogoutDelivery } from './logout-delivery.service.js';
import type { LogoutMessages } from './logout-messages.service.js';

const NOW = 1_790_000_000_000;
const MINUTE = 60_000;

/** Applications that hear, hang or refuse, by their host. */
class Receivers {
  readonly heard: string[] = [];
  readonly hanging = new Set<string>();
  readonly refusing = new Set<string>();
  private readonly calls = new Map<string, number>();
  private readonly held: (() => void)[] = [];
  mostAtOnce = 0;

  async send(client: Client, address: string): Promise<number> {
    const { host } = new URL(address);
    const calls = (this.calls.get(host) ?? 0) + 1;
    this.calls.set(host, calls);
    this.mostAtOnce = Math.max(this.mostAtOnce, calls);
    try {
      if (this.hanging.has(host)) await new Promise<void>((resolve) => this.held.push(resolve));
      else await wait(1);
      if (this.hanging.has(host)) throw new OutboundFailure('too_slow');
      if (this.refusing.has(host)) return 500;
      this.heard.push(client.id);
      return 200;
    } finally {
      this.calls.set(host, (this.calls.get(host) ?? 0) - 1);
    }
  }

  callsAt(host: string): number {
    return this.calls.get(host) ?? 0;
  }

  /** Whoever called and waits is told that it took too long. */
  timeOut(): void {
    for (const end of this.held.splice(0)) end();
  }
}

/** A node; the host of a client is the first part of its id. */
function nodeOn({ database }: OpenDatabase) {
  const receivers = new Receivers();
  const events: SecurityEvent[] = [];
  const clock = { time: NOW, now: () => clock.time };
  const registry = {
    findEnabled: (id: string) =>
      Promise.resolve({ id, metadata: { backchannelLogoutUri: `https://${id.split('.')[0]}.example/logout` } }),
  };
  const due = new SessionEndNoticeStore(database);
  const delivery = new LogoutDelivery(
    due,
    receivers as unknown as LogoutMessages,
    database,
    { record: (event) => void events.push(event) },
    clock,
  );
  const logout = new BackChannelLogout(due, registry as unknown as ClientRegistry, delivery, clock);
  return { receivers, events, clock, logout, tick: () => logout.deliverDue(new AbortController().signal) };
}

describeDatabases('OC-08 who hears of the end of a session, and when', (open) => {
  beforeEach(() => open().dataSource.query('DELETE FROM session_client'));
  const ended = async (clientId: string, count: number, dueAt = NOW) => {
    const rows = Array.from({ length: count }, (_, index) => `('s${index}', '${clientId}', 'alice', 0, ${dueAt})`);
    await open().dataSource.query(
      `INSERT INTO session_client (session_id, client_id, account_id, attempts, due_at) VALUES ${rows.join(', ')}`,
    );
  };
  const left = async () =>
    (await open().dataSource.query<{ client_id: string }[]>('SELECT client_id FROM session_client')).length;

  it('203 a receiver that hangs, with hundreds of ends before all others, keeps nobody waiting', async () => {
    const { receivers, logout, tick } = nodeOn(open());
    receivers.hanging.add('a.example');
    await ended('a', 300, NOW - MINUTE);
    await ended('a.two', 10, NOW - MINUTE);
    const others = Array.from({ length: 100 }, (_, index) => `b${index}`);
    for (const id of others) await ended(id, 2);
    let ticks = 0;
    for (; ticks < 30 && receivers.heard.length < 200; ticks += 1) {
      await tick();
      await wait(20);
    }
    // It has been waited for all the time.
    expect(receivers.callsAt('a.example')).toBe(4);
    expect([...new Set(receivers.heard)].sort()).toEqual([...others].sort());
    expect(receivers.heard).toHaveLength(200);
    expect(ticks).toBeLessThan(30);
    expect(receivers.mostAtOnce).toBeLessThanOrEqual(4);
    receivers.timeOut();
    await logout.settled();
  });

  it('203 a receiver that cannot be reached is asked again after growing pauses, once for all that waits, and given up', async () => {
    const { receivers, logout, tick, clock, events } = nodeOn(open());
    receivers.hanging.add('a.example');
    await ended('a', 300);
    const isAsked = async () => {
      await tick();
      while (receivers.callsAt('a.example') < 4) await wait(5);
      // Longer than the first pause.
      clock.time += 3_000;
      receivers.timeOut();
      await logout.settled();
    };
    for (const pause of [2_000, 15_000, 2 * MINUTE, 15 * MINUTE, 60 * MINUTE]) {
      await isAsked();
      clock.time += pause - 1;
      await tick();
      await logout.settled();
      expect(receivers.callsAt('a.example')).toBe(0);
      clock.time += 1;
    }
    expect(await left()).toBe(300);
    await isAsked();
    expect(await left()).toBe(0);
    expect(events.at(-1)).toMatchObject({ event: 'back_channel_logout_given_up', clientId: 'a' });
  });

  it('a refusal is of one end: the client hears of the others, and of that one later', async () => {
    const { receivers, logout, tick, clock } = nodeOn(open());
    receivers.refusing.add('a.example');
    await ended('a', 10);
    await tick();
    await logout.settled();
    expect([receivers.heard.length, await left()]).toEqual([0, 10]);
    receivers.refusing.clear();
    await tick();
    await logout.settled();
    expect(receivers.heard).toEqual([]);
    clock.time += 2_000;
    await tick();
    await logout.settled();
    expect([receivers.heard.length, await left()]).toEqual([10, 0]);
  });

  it('of two nodes each end is told by one', async () => {
    const [one, other] = [nodeOn(open()), nodeOn(open())];
    await ended('a', 200);
    await Promise.all([one.tick(), other.tick()]);
    await Promise.all([one.logout.settled(), other.logout.settled()]);
    expect(one.receivers.heard.length + other.receivers.heard.length).toBe(200);
    expect(await left()).toBe(0);
  });
});
