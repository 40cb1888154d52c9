import { Inject, Injectable } from '@nestjs/common';
import type { AuthorizationRecord } from '@valetkey/authorizations';
import type { Client } from '@valetkey/clients';
import type { Instant } from '@valetkey/kernel';
import { Clock, intersect, issueOpaque, opaqueKeyOf, toNumericDate } from '@valetkey/kernel';
import { KeyEncryption } from '@valetkey/keys';
import { Database, WriteSet } from '@valetkey/persistence';
import type { AuthorizationOptions } from '../authorization-request/authorization-options.js';
import { AUTHORIZATION_OPTIONS } from '../authorization-request/authorization-options.js';
import type { SignedIn } from '../domain/authorization-request/authorization-request.js';
import { poll } from '../domain/device/poll.js';
import { newUserCode, parseUserCode } from './user-code.js';
import { OAuthError } from '../domain/oauth-error.js';
import type { DeviceCode, DeviceRequest } from './persistence/device-code.store.js';
import { DeviceCodeStore } from './persistence/device-code.store.js';

/** A device that asks after the end still learns that it is the end for so long. */
const KEPT = 3_600_000;
/** Two devices seldom draw the same letters. */
const MOST_ATTEMPTS = 5;

/** What a device is told (RFC 8628 section 3.2), without the addresses. */
export interface BegunDevice {
  readonly deviceCode: string;
  readonly userCode: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** Seconds. */
  readonly interval: number;
}

/** What a person gives to a device. */
export interface DeviceGiven {
  readonly device: DeviceCode;
  /** The record of her consent: the device gets nothing beyond it. */
  readonly record: AuthorizationRecord;
  readonly session: SignedIn;
}

/** Devices that wait for a person at a browser (RFC 8628). */
@Injectable()
export class DeviceCodes {
  private readonly purpose: Buffer;

  constructor(
    private readonly store: DeviceCodeStore,
    private readonly database: Database,
    private readonly encryption: KeyEncryption,
    private readonly clock: Clock,
    @Inject(AUTHORIZATION_OPTIONS) private readonly options: AuthorizationOptions,
  ) {
    this.purpose = encryption.derive('user-code');
  }

  /** Lets a device wait. @throws OAuthError temporarily_unavailable when no free code is found */
  async begin(client: Pick<Client, 'id'>, request: DeviceRequest): Promise<BegunDevice> {
    const { deviceCodeLifetime, devicePollInterval } = this.options;
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const now = this.clock.now();
      const { value, key } = issueOpaque('dc', now);
      const userCode = newUserCode();
      const validUntil = now + deviceCodeLifetime;
      const writes = new WriteSet();
      this.store.insert(writes, {
        hash: key,
        userCode: this.digest(userCode),
        clientId: client.id,
        request,
        pollInterval: devicePollInterval,
        askedAt: now,
        validUntil,
        expiresAt: validUntil + KEPT,
      });
      if (await this.database.tryCommit(writes)) {
        const [expiresIn, interval] = [toNumericDate(deviceCodeLifetime), toNumericDate(devicePollInterval)];
        return { deviceCode: value, userCode, expiresIn, interval };
      }
    }
    throw new OAuthError('temporarily_unavailable', 'conflict', { 'retry-after': '1' });
  }

  /**
   * The device that waits under a code, however it was typed, and the code as the device shows it; `undefined` for a wrong code
   * as for one that is over.
   */
  async findWaiting(typed: string): Promise<{ device: DeviceCode; userCode: string } | undefined> {
    const userCode = parseUserCode(typed);
    if (userCode === undefined) return undefined;
    const device = await this.store.findWaiting(this.digest(userCode), this.clock.now());
    return device && { device, userCode };
  }

  /** The device with this hash, in whatever state, or `undefined`. */
  findByHash(hash: string): Promise<DeviceCode | undefined> {
    return this.store.find(hash);
  }

  /** The device with this code of its own, in whatever state, or `undefined`. */
  async find(deviceCode: string): Promise<DeviceCode | undefined> {
    const hash = opaqueKeyOf(deviceCode, 'dc');
    return hash === undefined ? undefined : this.store.find(hash);
  }

  /** Remembers what she gave; fails as a condition when it was decided before, or is over. */
  approve(writes: WriteSet, { device, record, session }: DeviceGiven): void {
    const { scopes, resources, authorizationDetails } = device.request;
    const { accountId, authTime, acr, amr } = session;
    this.store.approve(writes, device.hash, {
      authorizationId: record.id,
      now: this.clock.now(),
      content: {
        subject: `account:${accountId}`,
        // What a device has is of no session: that is her browser's, and whoever asks for a device may not be her.
        signIn: { authTime, acr, amr },
        scopes: intersect(scopes, record.scopes),
        generation: record.generation,
        resources,
        ...(authorizationDetails && { authorizationDetails }),
      },
    });
  }

  /** Remembers that she does not allow it; fails as a condition when it was decided before. */
  deny(writes: WriteSet, { hash }: DeviceCode): void {
    this.store.deny(writes, hash);
  }

  /** Counts a request of a device that still waits. @returns whether it came too soon */
  poll(writes: WriteSet, device: DeviceCode, now: Instant): boolean {
    const { tooFast, interval } = poll(device, now);
    this.store.poll(writes, device, { interval, now });
    return tooFast;
  }

  /** Marks the code as used; fails as a condition when it was used before, or its authorization ended. */
  use(writes: WriteSet, { hash }: DeviceCode): void {
    this.store.use(writes, hash);
  }

  /** Who reads the database finds no code to type: it has too few bits for a plain digest. */
  private digest(userCode: string): string {
    return this.encryption.authenticate(this.purpose, userCode);
  }
}
