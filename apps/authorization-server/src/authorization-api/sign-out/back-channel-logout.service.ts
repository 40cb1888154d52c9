import { Injectable } from '@nestjs/common';
import { SessionEndNoticeStore } from '@valetkey/accounts';
import { ClientRegistry } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import { LogoutDelivery } from './logout-delivery.service.js';

/** Clients looked at in one run, which comes every second; the next run goes on behind them. */
const CLIENTS_AT_A_TIME = 64;
/** Receivers that are called at the same time; one that hangs leaves after its attempt and comes back later. */
const MOST_RECEIVERS = 32;

/**
 * Tells clients that sessions ended (OpenID Connect Back-Channel Logout 1.0 section 2.5): at least once, with bounded retries. Each
 * receiver, which is a host, has a lane of its own, and no run waits for one: a receiver that is slow or silent costs others nothing
 * (attack class 203).
 */
@Injectable()
export class BackChannelLogout {
  private readonly lanes = new Map<string, Promise<void>>();
  private failure: { readonly cause: unknown } | undefined;
  private lookedAt = '';

  constructor(
    private readonly notices: SessionEndNoticeStore,
    private readonly clients: ClientRegistry,
    private readonly delivery: LogoutDelivery,
    private readonly clock: Clock,
  ) {}

  /**
   * Begins to send what is due. Safe to run on several nodes at once and to be killed in the middle.
   * @throws what went wrong last in a lane since the last run
   */
  async deliverDue(stopping: AbortSignal): Promise<void> {
    for (const clientId of await this.nextClients()) {
      if (stopping.aborted) break;
      if (this.lanes.size >= MOST_RECEIVERS) break;
      this.lookedAt = clientId;
      await this.beginLane(clientId, stopping);
    }
    const { failure } = this;
    this.failure = undefined;
    if (failure) throw failure.cause;
  }

  /** Resolves when nothing is being sent. */
  async settled(): Promise<void> {
    await Promise.all(this.lanes.values());
  }

  /** In turn, behind the one that was looked at last, so that no client with much to hear stands before the others. */
  private async nextClients(): Promise<readonly string[]> {
    const now = this.clock.now();
    const behind = await this.notices.dueClients(now, this.lookedAt, CLIENTS_AT_A_TIME);
    if (this.lookedAt === '' || behind.length === CLIENTS_AT_A_TIME) return behind;
    // Round again, once: what stands behind came first.
    const all = await this.notices.dueClients(now, '', CLIENTS_AT_A_TIME);
    return [...new Set([...behind, ...all])].slice(0, CLIENTS_AT_A_TIME);
  }

  private async beginLane(clientId: string, stopping: AbortSignal): Promise<void> {
    const client = await this.clients.findEnabled(clientId);
    const address = client?.metadata.backchannelLogoutUri ?? undefined;
    const host = address === undefined ? '' : hostOf(address);
    if (this.lanes.has(host) || this.lanes.size >= MOST_RECEIVERS) return;
    const receiver = client === undefined || address === undefined ? undefined : { client, address };
    const lane = this.delivery
      .deliver(clientId, receiver, stopping)
      .catch((cause: unknown) => void (this.failure = { cause }))
      .finally(() => this.lanes.delete(host));
    this.lanes.set(host, lane);
  }
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : '';
}
