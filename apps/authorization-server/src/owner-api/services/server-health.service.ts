import { Inject, Injectable } from '@nestjs/common';
import { ServerContactStore } from '@valetkey/clients';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { OutboundCalls } from '@valetkey/outbound';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';

/**
 * Asks the resource servers that have an address for it whether they are there, so that owners read how old is what they see. One that
 * has none counts as there: nobody knows better.
 */
@Injectable()
export class ServerHealth {
  constructor(
    private readonly contacts: ServerContactStore,
    private readonly calls: OutboundCalls,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'resourceServers' | 'jobs'>,
  ) {}

  /** Silent ones by their id, with the time of their last answer; `null` where there was none. */
  async silent(): Promise<ReadonlyMap<string, Instant | null>> {
    const asked = new Set(this.asked().map(({ clientId }) => clientId));
    if (asked.size === 0) return new Map();
    const silent = await this.contacts.silent();
    return new Map(
      silent.filter(({ clientId }) => asked.has(clientId)).map(({ clientId, answeredAt }) => [clientId, answeredAt]),
    );
  }

  /** Asks all that are due, at once: each has as long as any call has. */
  async askAll(): Promise<void> {
    await Promise.all(this.asked().map(({ clientId, health }) => this.ask(clientId, health)));
  }

  private asked() {
    return this.config.resourceServers.flatMap(({ clientId, health }) =>
      health === undefined ? [] : [{ clientId, health }],
    );
  }

  private async ask(clientId: string, address: string): Promise<void> {
    const now = this.clock.now();
    // Nodes ask at their own times: half of the interval keeps them from asking one after the other.
    if (!(await this.contacts.take(clientId, now, now - this.config.jobs.healthEvery / 2))) return;
    await this.contacts.note(clientId, await this.answers(address), this.clock.now());
  }

  private async answers(address: string): Promise<boolean> {
    try {
      const { status } = await this.calls.call(address, { method: 'GET' });
      return status < 500;
    } catch {
      return false;
    }
  }
}
