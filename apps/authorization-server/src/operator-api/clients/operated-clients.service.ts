import { Inject, Injectable } from '@nestjs/common';
import type { BoundedCount } from '@valetkey/authorizations';
import { ClientHoldingsStore } from '@valetkey/authorizations';
import type { Client, OperatedClient } from '@valetkey/clients';
import { ClientRegistry, OperatedClientStore } from '@valetkey/clients';
import { Clock, newId } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import type { ClientSettings } from '@valetkey/operator-contract';
import { Database, WriteSet } from '@valetkey/persistence';
import { ClientChanges } from '../../authorization-api/registration/client-changes.service.js';
import { RegistrationError } from '../../authorization-api/registration/registration-error.js';
import type {
  ReadRegistration,
  RegistrationGround,
} from '../../authorization-api/registration/registration-reader.service.js';
import { RegistrationReader } from '../../authorization-api/registration/registration-reader.service.js';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';
import { canOf } from './client-answers.service.js';
import { ClientProblem } from './client-problem.js';
import { metadataOf, withOperatorsWord } from './client-settings.js';

/** A client that was made or changed, with the secret that was made for it. */
export interface ChangedClient {
  readonly id: string;
  readonly secret: string | undefined;
}

/** Versions of which the present one must be one; `undefined` when whichever will do. */
type Expected = readonly number[] | undefined;

/** What is read and written of clients here. */
@Injectable()
export class OperatedClientStores {
  constructor(
    readonly clients: OperatedClientStore,
    readonly changes: ClientChanges,
    readonly holdings: ClientHoldingsStore,
    readonly registry: ClientRegistry,
  ) {}
}

/** What operators do with clients: the rules of registration (RFC 7591), with the operator's word for them. */
@Injectable()
export class OperatedClients {
  constructor(
    private readonly stores: OperatedClientStores,
    private readonly reader: RegistrationReader,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'tokens'>,
  ) {}

  /** @throws OAuthError not_found for one that is not there, or was removed */
  async find(id: string): Promise<OperatedClient> {
    const found = await this.stores.clients.find(id, this.clock.now());
    if (!found) throw new OAuthError('not_found', 'not_found');
    return found;
  }

  /** @throws ClientProblem for settings that cannot be registered */
  async register(settings: ClientSettings): Promise<ChangedClient> {
    const { client, metadata } = await this.read(newId('c'), settings, {});
    const writes = new WriteSet();
    const secret = this.stores.changes.make(writes, client, 'operator');
    this.stores.clients.keepRegistered(writes, client.id, metadata);
    await this.database.commit(writes);
    return { id: client.id, secret };
  }

  /**
   * The client that these settings would make, or would make of one that there is. Nothing is kept.
   * @throws ClientProblem for settings that cannot be registered, OAuthError for one that is not there or not an operator's
   */
  async draft(settings: ClientSettings, id?: string): Promise<Client> {
    if (id === undefined) return (await this.read(newId('c'), settings, {})).client;
    const present = await this.find(id);
    refuseUnless(canOf(present).edit);
    return (await this.read(id, settings, groundOf(present))).client;
  }

  /**
   * @returns `undefined` when it is another version than any of these by now
   * @throws ClientProblem for settings that cannot be registered, OAuthError for one that is not there or not an operator's
   */
  async replace(id: string, settings: ClientSettings, expected: Expected): Promise<ChangedClient | undefined> {
    const present = await this.find(id);
    refuseUnless(canOf(present).edit);
    if (isOther(present, expected)) return undefined;
    const { client: before } = present;
    const { client, metadata } = await this.read(id, settings, groundOf(present));
    const writes = new WriteSet();
    this.stores.clients.expectVersion(writes, id, present.version);
    const secret = this.stores.changes.replace(writes, { before, after: client }, 'operator');
    this.stores.clients.keepRegistered(writes, id, metadata);
    if (!(await this.database.tryCommit(writes))) return undefined;
    this.stores.registry.forget();
    return { id, secret };
  }

  /**
   * A second secret, beside which the one before stays valid for `tokens.client_secret_overlap`; one older than that ends at once.
   * @returns `undefined` when it is another version than any of these by now
   * @throws OAuthError
   */
  async renewSecret(id: string, expected: Expected): Promise<{ secret: string; othersUntil: number } | undefined> {
    const present = await this.find(id);
    refuseUnless(canOf(present).renew_secret);
    if (isOther(present, expected)) return undefined;
    const expect = (writes: WriteSet) => this.expect(writes, present, expected);
    const made = await this.stores.registry.rotateSecret(id, this.config.tokens.clientSecretOverlap, expect);
    if (!made && expected === undefined) throw new OAuthError('invalid_state', 'client_without_secret');
    return made;
  }

  /**
   * Nothing that it holds opens anything from now on, and nothing of it ends. Twice is once.
   * @returns whether it was this time; `undefined` when it is another version than any of these by now
   */
  async suspend(id: string, expected: Expected): Promise<boolean | undefined> {
    const present = await this.find(id);
    if (isOther(present, expected)) return undefined;
    if (present.suspendedAt !== null) return false;
    return this.commit(present, expected, (writes) => this.stores.clients.suspend(writes, id, this.clock.now()));
  }

  /**
   * What was not over, or ended meanwhile, is as it was. Twice is once.
   * @returns whether it was this time; `undefined` when it is another version than any of these by now
   */
  async resume(id: string, expected: Expected): Promise<boolean | undefined> {
    const present = await this.find(id);
    if (isOther(present, expected)) return undefined;
    if (present.suspendedAt === null) return false;
    return this.commit(present, expected, (writes) => this.stores.clients.resume(writes, id));
  }

  /**
   * Ends all that it holds, for good.
   * @returns how much that was; `undefined` when it is another version than any of these by now
   * @throws OAuthError
   */
  async remove(id: string, expected: Expected): Promise<{ people: BoundedCount; grants: BoundedCount } | undefined> {
    const present = await this.find(id);
    refuseUnless(canOf(present).remove);
    if (isOther(present, expected)) return undefined;
    const { holdings, clients, changes } = this.stores;
    const [people, grants] = await Promise.all([holdings.people(id), holdings.grants(id)]);
    const isRemoved = await this.commit(present, expected, (writes) => {
      clients.remove(writes, id, this.clock.now());
      changes.end(writes, id);
    });
    if (isRemoved === false) throw new OAuthError('not_found', 'not_found');
    return isRemoved && { people, grants };
  }

  /** @returns `undefined` when it is another version by now; false when it was so already, where any version will do */
  private async commit(
    present: OperatedClient,
    expected: Expected,
    make: (writes: WriteSet) => void,
  ): Promise<boolean | undefined> {
    const writes = new WriteSet();
    this.expect(writes, present, expected);
    make(writes);
    const isDone = await this.database.tryCommit(writes);
    this.stores.registry.forget();
    return isDone || expected === undefined ? isDone : undefined;
  }

  private expect(writes: WriteSet, present: OperatedClient, expected: Expected): void {
    if (expected) this.stores.clients.expectVersion(writes, present.id, present.version);
  }

  private async read(
    id: string,
    settings: ClientSettings,
    ground: Pick<RegistrationGround, 'before'>,
  ): Promise<ReadRegistration> {
    try {
      const said = metadataOf(settings, ground.before?.metadata);
      const { client, metadata } = await this.reader.read(id, said, { ...ground, vouchedBy: 'operator' });
      return { client: withOperatorsWord(client, settings), metadata };
    } catch (error) {
      throw error instanceof RegistrationError ? new ClientProblem(error) : error;
    }
  }
}

function groundOf({ client, registered }: OperatedClient): Pick<RegistrationGround, 'before'> {
  return { before: { metadata: registered ?? {}, sector: client.metadata.sectorIdentifier } };
}

function isOther({ version }: OperatedClient, expected: Expected): boolean {
  return expected !== undefined && !expected.includes(version);
}

function refuseUnless(can: ReturnType<typeof canOf>['edit']): void {
  if (can === 'configured') throw new OAuthError('invalid_state', 'client_is_configured');
  if (can === 'registered_itself') throw new OAuthError('invalid_state', 'client_registered_itself');
  if (can === 'no_secret') throw new OAuthError('invalid_state', 'client_without_secret');
}
