import { Inject, Injectable } from '@nestjs/common';
import { Suspension } from '@valetkey/authorizations';
import { Administration } from '@valetkey/persistence';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { ConfiguredClients } from './configured-clients.service.js';
import { ConfiguredPeople } from './configured-people.service.js';
import { ConfiguredSignIn } from './configured-sign-in.service.js';

/**
 * Makes the database say what `valetkey.yaml` says about clients, resource servers, accounts, trusted issuers and wording.
 * Authorizations that rest on somebody who is disabled rest, too. Idempotent: applying the same file again changes nothing. What the file no longer names is disabled, never deleted. Nodes
 * that start at the same moment take turns.
 */
@Injectable()
export class ApplyConfiguration {
  constructor(
    private readonly clients: ConfiguredClients,
    private readonly people: ConfiguredPeople,
    private readonly suspension: Suspension,
    private readonly signIn: ConfiguredSignIn,
    private readonly administration: Administration,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async apply(): Promise<void> {
    await this.administration.exclusively(async () => {
      await this.people.apply(this.config);
      await this.signIn.apply(this.config);
      await this.clients.apply(this.config);
      await this.suspension.follow();
    });
  }
}
