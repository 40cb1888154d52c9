import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '@valetkey/persistence';

/** A load balancer wants to know sooner than a query is given up. */
const LONGEST_PING = 2_000;

/** Whether this process should get requests. */
@Injectable()
export class Readiness {
  private draining = false;
  private asking: Promise<boolean> | undefined;

  constructor(private readonly database: Database) {}

  /** Called first at shutdown, so that a load balancer looks elsewhere. */
  drain(): void {
    this.draining = true;
  }

  /** Not while the server drains, and not while the database does not answer, or not in time. */
  async isReady(): Promise<boolean> {
    if (this.draining) return false;
    // Probes share one question: those that come while the database is silent must not fill its pool.
    this.asking ??= this.ask();
    return Promise.race([this.asking, wait(LONGEST_PING, false, { ref: false })]);
  }

  private async ask(): Promise<boolean> {
    try {
      await this.database.ping();
      return true;
    } catch {
      return false;
    } finally {
      this.asking = undefined;
    }
  }
}
