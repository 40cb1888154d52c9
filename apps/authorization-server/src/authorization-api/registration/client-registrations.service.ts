import { Inject, Injectable } from '@nestjs/common';
import type { Client, ClientRegistration } from '@valetkey/clients';
import { ClientRegistrationStore, ClientRegistry } from '@valetkey/clients';
import { Clock, issueOpaque, matchesSha256, newId, opaqueKeyOf, toNumericDate } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import { Database, WriteSet } from '@valetkey/persistence';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';
import { ClientChanges } from './client-changes.service.js';
import { bearerOf, notAllowed, tooMany } from './initial-access.service.js';
import { RegistrationError } from './registration-error.js';
import { RegistrationReader } from './registration-reader.service.js';

const HOUR = 3_600_000;
/** RFC 7592 section 2.2. */
const OF_ANSWERS = [
  'registration_access_token',
  'registration_client_uri',
  'client_id_issued_at',
  'client_secret_expires_at',
];

type Metadata = Readonly<Record<string, unknown>>;

/** A registration, and the value of the token that manages it. */
export interface Managed {
  readonly registration: ClientRegistration;
  readonly token: string;
}

/** What a registration is kept in. */
@Injectable()
export class RegistrationStores {
  constructor(
    readonly registrations: ClientRegistrationStore,
    readonly changes: ClientChanges,
  ) {}
}

/** Registrations of clients by themselves (RFC 7591), and what they do with them later (RFC 7592). */
@Injectable()
export class ClientRegistrations {
  constructor(
    private readonly reader: RegistrationReader,
    private readonly stores: RegistrationStores,
    private readonly registry: ClientRegistry,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'issuer' | 'registration'>,
  ) {}

  /**
   * @param initialToken - hash of the token that allows it; used once more with the registration, or not at all
   * @throws OAuthError for metadata that cannot be registered; 429 when no more clients can be
   */
  async create(body: Metadata, initialToken: string | undefined): Promise<Metadata> {
    const ground = initialToken === undefined ? {} : { vouchedBy: 'initial_access_token' as const };
    const { client, metadata } = await this.reader.read(newId('c'), body, ground);
    const now = this.clock.now();
    const { value: token, key: tokenHash } = issueOpaque('ra', now);
    const registration = { clientId: client.id, tokenHash, metadata, registeredAt: now };
    const { clients: most, unusedLifetime } = this.config.registration;
    const writes = new WriteSet();
    if (initialToken !== undefined) this.stores.registrations.useInitialToken(writes, initialToken, now);
    this.stores.registrations.insert(writes, registration, { most, idleUntil: now + unusedLifetime });
    const secret = this.stores.changes.make(writes, client, 'registration');
    if (!(await this.database.tryCommit(writes))) throw await this.whyNot(initialToken);
    return this.informationOf({ registration, token }, secret);
  }

  /** The registration that an Authorization header manages. @throws OAuthError 401 for any other (DC-04) */
  async manage(clientId: string, authorization: string | undefined): Promise<Managed> {
    const token = bearerOf(authorization);
    const hash = token === undefined ? undefined : opaqueKeyOf(token, 'ra');
    const registration = hash === undefined ? undefined : await this.stores.registrations.find(hash);
    if (token === undefined || registration?.clientId !== clientId) throw notAllowed('registration_token_invalid');
    return { registration, token };
  }

  read(managed: Managed): Metadata {
    return this.informationOf(managed, undefined);
  }

  /** DC-05: what is sent takes the place of all that was there. @throws OAuthError, 403 where clients cannot register any more */
  async replace({ registration, token }: Managed, body: Metadata): Promise<Metadata> {
    if (this.config.registration.mode === 'off') throw new OAuthError('access_denied', 'registration_is_off', {}, 403);
    const { clientId } = registration;
    const before = await this.registry.findAfresh(clientId);
    if (!before) throw notAllowed('registration_token_invalid');
    checkChange(body, before);
    const { client, metadata } = await this.reader.read(clientId, body, {
      before: { metadata: registration.metadata, sector: before.metadata.sectorIdentifier },
      // A token of the operator speaks for its client for good, a statement for what comes with it.
      ...(before.metadata.vouchedBy === 'initial_access_token' && { vouchedBy: 'initial_access_token' }),
    });
    const now = this.clock.now();
    const changed = { ...registration, metadata };
    const writes = new WriteSet();
    this.stores.registrations.replace(writes, changed, now);
    const secret = this.stores.changes.replace(writes, { before, after: client }, 'registration');
    if (!(await this.database.tryCommit(writes))) throw notAllowed('registration_token_invalid');
    this.registry.forget();
    return this.informationOf({ registration: changed, token }, secret);
  }

  /** DC-06: the client, its secrets and all that it holds end at once. @throws OAuthError 401 when it is gone */
  async remove({ registration }: Managed): Promise<void> {
    const writes = new WriteSet();
    this.stores.registrations.remove(writes, registration);
    this.stores.changes.end(writes, registration.clientId);
    if (!(await this.database.tryCommit(writes))) throw notAllowed('registration_token_invalid');
    this.registry.forget();
  }

  private async whyNot(initialToken: string | undefined): Promise<OAuthError> {
    const now = this.clock.now();
    const isTokenGood =
      initialToken === undefined || (await this.stores.registrations.isInitialTokenGood(initialToken, now));
    return isTokenGood ? tooMany('registrations_full', HOUR) : notAllowed('initial_token_needed');
  }

  /** DC-01. The secret is in the answer that makes it and in no other. */
  private informationOf({ registration, token }: Managed, secret: string | undefined): Metadata {
    const { clientId, metadata, registeredAt } = registration;
    return {
      ...metadata,
      client_id: clientId,
      client_id_issued_at: toNumericDate(registeredAt),
      ...(secret !== undefined && { client_secret: secret, client_secret_expires_at: 0 }),
      registration_access_token: token,
      registration_client_uri: `${this.config.issuer}/register/${clientId}`,
    };
  }
}

/** DC-05. @throws OAuthError */
function checkChange(body: Metadata, { id, secrets }: Client): void {
  if (body['client_id'] !== id) throw new RegistrationError('invalid_client_metadata', 'client_id_differs');
  if (OF_ANSWERS.some((member) => Object.hasOwn(body, member))) {
    throw new OAuthError('invalid_request', 'members_of_answers');
  }
  const { client_secret: secret } = body;
  if (secret === undefined) return;
  const isCurrent = typeof secret === 'string' && secrets.some(({ hash }) => matchesSha256(secret, hash));
  if (isCurrent) return;
  throw new RegistrationError('invalid_client_metadata', 'metadata_invalid', 'client_secret is not the current one');
}
