import { Injectable } from '@nestjs/common';
import { Database } from '@valetkey/persistence';

/** Whether this process should get requests. */
@Injectable()
export class Readiness {
  private draining = false;

  constructor(private readonly database: Database) {}

  /** Called first at shutdown, so that a load balancer looks elsewhere. */
  drain(): void {
    this.draining = true;
  }

  async isReady(): Promise<boolean> {
    if (this.draining) return false;
    return this.database.ping().then(
      () => true,
      () => false,
    );
  }
}
