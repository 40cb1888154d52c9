import { Injectable } from '@nestjs/common';
import type { SessionEndNotice } from '@valetkey/accounts';
import { SessionEndNoticeStore } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import type { Duration } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { OAuthError, SecurityEvents } from '@valetkey/oauth';
import { OutboundFailure } from '@valetkey/outbound';
import { Database, WriteSet } from '@valetkey/persistence';
import { LogoutMessages } from './logout-messages.service.js';

const SECOND: Duration = 1000;
const MINUTE: Duration = 60 * SECOND;
/** After how long it is tried again; then nobody tries any more. */
const PAUSES: readonly Duration[] = [2 * SECOND, 15 * SECOND, 2 * MINUTE, 15 * MINUTE, 60 * MINUTE];
/** For so long an attempt is one node's: longer than any call takes. Who stops in the middle leaves it to the next. */
const LEASE: Duration = 30 * SECOND;
const BATCH = 64;
/** Then the receiver's other clients have their turn. */
const MOST_BATCHES = 4;
const CALLS_AT_ONCE = 4;

/** Where a client wants to hear. */
export interface LogoutReceiver {
  readonly client: Client;
  readonly address: string;
}

/** What became of one attempt; after `unreachable` the client is left alone for a while. */
type Outcome = 'heard' | 'refused' | 'unreachable';

/** Tells one client all that is due for it, with few calls at once and a pause after each failure. */
@Injectable()
export class LogoutDelivery {
  constructor(
    private readonly notices: SessionEndNoticeStore,
    private readonly messages: LogoutMessages,
    private readonly database: Database,
    private readonly events: SecurityEvents,
    private readonly clock: Clock,
  ) {}

  /** @param receiver - absent for who does not want to hear any more: then everything is heard */
  async deliver(clientId: string, receiver: LogoutReceiver | undefined, stopping: AbortSignal): Promise<void> {
    for (let batches = 0; batches < MOST_BATCHES && !stopping.aborted; batches += 1) {
      const due = await this.notices.dueOf(clientId, this.clock.now(), BATCH);
      if (due.length === 0 || !(await this.deliverBatch(due, receiver, stopping))) return;
    }
  }

  /** @returns false when the client cannot be reached */
  private async deliverBatch(
    due: readonly SessionEndNotice[],
    receiver: LogoutReceiver | undefined,
    stopping: AbortSignal,
  ): Promise<boolean> {
    const waiting = [...due];
    let silent: SessionEndNotice | undefined;
    const call = async () => {
      for (let next = waiting.shift(); next && !silent && !stopping.aborted; next = waiting.shift())
        if ((await this.attempt(next, receiver)) === 'unreachable') silent = next;
    };
    await Promise.all(Array.from({ length: CALLS_AT_ONCE }, call));
    if (silent) await this.leaveAlone(silent);
    return silent === undefined;
  }

  private async attempt(notice: SessionEndNotice, receiver: LogoutReceiver | undefined): Promise<Outcome> {
    const claim = new WriteSet();
    this.notices.claim(claim, notice, this.clock.now() + LEASE);
    // Another node tells it.
    if (!(await this.database.tryCommit(claim))) return 'heard';
    const outcome = receiver ? await this.send(receiver, notice) : 'heard';
    if (outcome === 'heard' || notice.attempts >= PAUSES.length) await this.forget(notice, outcome);
    else await this.postpone(notice);
    return outcome;
  }

  private async send({ client, address }: LogoutReceiver, notice: SessionEndNotice): Promise<Outcome> {
    try {
      const status = await this.messages.send(client, address, notice);
      if (status >= 200 && status < 300) return 'heard';
      this.note('back_channel_logout_refused', notice, `status_${String(status)}`);
      return 'refused';
    } catch (cause) {
      // The second: its key cannot be had, and nothing is sent that only it should read.
      if (!(cause instanceof OutboundFailure) && !(cause instanceof OAuthError)) throw cause;
      this.note('back_channel_logout_failed', notice, cause.reason);
      return 'unreachable';
    }
  }

  /** Counted from now on: an attempt may have taken longer than the shortest pause. */
  private async postpone(notice: SessionEndNotice): Promise<void> {
    const writes = new WriteSet();
    this.notices.postpone(writes, notice, this.clock.now() + pauseAfter(notice));
    await this.database.commit(writes);
  }

  /** Everything else that is due for the client waits as long as the notice that nobody took. */
  private async leaveAlone(notice: SessionEndNotice): Promise<void> {
    const now = this.clock.now();
    const writes = new WriteSet();
    const most = PAUSES.length;
    this.notices.postponeAll(writes, notice.clientId, { now, again: now + pauseAfter(notice), most });
    const [givenUp = 0] = await this.database.commit(writes);
    if (givenUp > 0) this.note('back_channel_logout_given_up', notice, 'unreachable');
  }

  private async forget(notice: SessionEndNotice, outcome: Outcome): Promise<void> {
    const writes = new WriteSet();
    this.notices.remove(writes, notice);
    await this.database.commit(writes);
    if (outcome !== 'heard') this.note('back_channel_logout_given_up', notice, outcome);
  }

  private note(event: string, { clientId, accountId, sessionId }: SessionEndNotice, reason: string): void {
    this.events.record({ event, reason, clientId, accountId, reference: sessionId });
  }
}

function pauseAfter({ attempts }: SessionEndNotice): Duration {
  return PAUSES[Math.min(attempts, PAUSES.length - 1)] ?? 0;
}
