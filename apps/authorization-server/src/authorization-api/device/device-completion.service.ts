import { Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import type { DeviceCode, Interaction } from '@valetkey/oauth';
import { DeviceCodes, InteractionStore, OAuthError, RequestValidator } from '@valetkey/oauth';
import { ConditionFailed, Database, WriteSet } from '@valetkey/persistence';
import { GRANT_TYPE } from '@valetkey/protocol';
import { PageError } from '../../pages/http/page-error.js';
import type { InSession } from '../given-consents.service.js';
import { GivenConsents } from '../given-consents.service.js';

/** Lost this often, the page says so rather than waiting longer. */
const MOST_ATTEMPTS = 10;

/** Ends an interaction about a device: consent, decision and the end of the interaction are one write-set. */
@Injectable()
export class DeviceCompletion {
  constructor(
    private readonly consents: GivenConsents,
    private readonly devices: DeviceCodes,
    private readonly interactions: InteractionStore,
    private readonly requests: RequestValidator,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns false when what she gave the client rests, so that nothing is added to it: nothing was decided
   * @throws PageError when the device or the interaction was answered before, or is over, or its client may not have it any more
   */
  async allow(device: DeviceCode, by: InSession, interaction: Interaction): Promise<boolean> {
    await this.checkAgain(by.client, device);
    if (await this.consents.isSuspended(by)) return false;
    await this.give(device, by, interaction);
    return true;
  }

  private async give(device: DeviceCode, { client, session }: InSession, interaction: Interaction): Promise<void> {
    const { request } = device;
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const now = this.clock.now();
      const writes = new WriteSet();
      const { scopes } = request;
      const consent = { session, isApart: true, client, request, scopes, fetchableUntil: device.validUntil };
      const record = await this.consents.give(writes, consent, now);
      this.devices.approve(writes, { device, record, session });
      this.interactions.finish(writes, interaction, now);
      try {
        await this.database.commit(writes);
        return;
      } catch (cause) {
        if (!(cause instanceof ConditionFailed)) throw cause;
        const present = await this.devices.findByHash(device.hash);
        if (present?.decision.state !== 'pending' || now >= present.validUntil) break;
      }
    }
    throw new PageError('expired', 'device_decided_or_over');
  }

  /** She gives nothing that was taken from the client since it asked. */
  private async checkAgain(client: Client, { request }: DeviceCode): Promise<void> {
    try {
      await this.requests.validateAccessAgain(client, request, GRANT_TYPE.deviceCode);
    } catch (error) {
      if (error instanceof OAuthError) throw new PageError('bad_request', error.reason);
      throw error;
    }
  }

  /** @throws PageError when the device or the interaction was answered before */
  async deny(device: DeviceCode, interaction: Interaction): Promise<void> {
    const writes = new WriteSet();
    this.devices.deny(writes, device);
    this.interactions.finish(writes, interaction, this.clock.now());
    if (!(await this.database.tryCommit(writes))) throw new PageError('expired', 'device_decided_or_over');
  }
}
