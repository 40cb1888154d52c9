import { Injectable } from '@nestjs/common';
import type { SessionEndNotice } from '@valetkey/accounts';
import { SessionClientStore } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import { ClientRegistry } from '@valetkey/clients';
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
/** Taken in one run, which comes every second. */
const BATCH = 64;
const AT_ONCE = 8;

/** What became of one attempt; `unreachable` spares the same client further attempts in this run. */
type Outcome = 'heard' | 'refused' | 'unreachable';

/**
 * Tells clients that sessions ended (OpenID Connect Back-Channel Logout 1.0 section 2.5): at least once, with bounded retries,
 * one client's silence at no cost for others (attack class 203).
 */
@Injectable()
export class BackChannelLogout {
  constructor(
    private readonly notices: SessionClientStore,
    private readonly clients: ClientRegistry,
    private readonly messages: LogoutMessages,
    private readonly database: Database,
    private readonly events: SecurityEvents,
    private readonly clock: Clock,
  ) {}

  /** Sends what is due, one batch. Safe to run on several nodes at once and to be killed in the middle. */
  async deliverDue(stopping: AbortSignal): Promise<void> {
    const due = await this.notices.due(this.clock.now(), BATCH);
    const clients = [...new Set(due.map(({ clientId }) => clientId))];
    const waiting = clients.map((clientId) => due.filter((notice) => notice.clientId === clientId));
    const worker = async () => {
      for (let next = waiting.pop(); next && !stopping.aborted; next = waiting.pop()) await this.deliverToOne(next);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  private async deliverToOne(notices: readonly SessionEndNotice[]): Promise<void> {
    let isReachable = true;
    for (const notice of notices) {
      const now = this.clock.now();
      const pause = PAUSES[notice.attempts] ?? 0;
      const claim = new WriteSet();
      this.notices.claim(claim, notice, now + pause);
      if (!(await this.database.tryCommit(claim))) continue;
      const outcome: Outcome = isReachable ? await this.tell(notice) : 'unreachable';
      isReachable &&= outcome !== 'unreachable';
      if (outcome === 'heard' || notice.attempts >= PAUSES.length) await this.forget(notice, outcome);
    }
  }

  private async tell(notice: SessionEndNotice): Promise<Outcome> {
    const client = await this.clients.findEnabled(notice.clientId);
    const address = client?.metadata.backchannelLogoutUri ?? undefined;
    // Whoever does not want to hear any more has heard.
    return client === undefined || address === undefined ? 'heard' : this.send(client, address, notice);
  }

  private async send(client: Client, address: string, notice: SessionEndNotice): Promise<Outcome> {
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
