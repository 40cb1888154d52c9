import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import { ClientRegistry } from '@valetkey/clients';
import { Clock, isExpired } from '@valetkey/kernel';
import type { DeviceCode, Interaction } from '@valetkey/oauth';
import { DeviceCodes } from '@valetkey/oauth';
import type {
  Caller,
  FormValues,
  InteractionKind,
  NextStep,
  SignedInVisitor,
  SignInReason,
  Visitor,
} from '../../interaction/interaction-kind.js';
import { PageError } from '../../pages/http/page-error.js';
import type { StartingPlace } from '../../pages/views/result.view.js';
import { startingPlaceOf } from '../known-application.js';
import type { DeviceContent } from './device-content.js';
import { DeviceCompletion } from './device-completion.service.js';
import { DevicePage } from './device-page.service.js';

/** The kind's name in the store. */
export const DEVICE = 'device';

/** A person decides about a device whose code she brought (RFC 8628 section 3.3). */
@Injectable()
export class DeviceInteraction implements InteractionKind {
  readonly kind = DEVICE;

  constructor(
    private readonly clients: ClientRegistry,
    private readonly devices: DeviceCodes,
    private readonly completion: DeviceCompletion,
    private readonly page: DevicePage,
    private readonly clock: Clock,
  ) {}

  async caller(interaction: Interaction): Promise<Caller> {
    const { name } = await this.clientOf(await this.deviceOf(interaction));
    return { name, returns: [], uiLocales: [] };
  }

  /** While what the device asked for is kept: some time after its end. */
  async startAgainAt(interaction: Interaction): Promise<StartingPlace | undefined> {
    const device = await this.devices.findByHash(contentOf(interaction).device);
    const client = device && (await this.clients.findEnabled(device.clientId));
    return client && startingPlaceOf(client);
  }

  /** DV-03: the page that asks is never left out, whatever was allowed before. */
  async next(interaction: Interaction, visitor: Visitor): Promise<NextStep> {
    const device = await this.deviceOf(interaction);
    const client = await this.clientOf(device);
    const { session } = visitor;
    if (!session) return { kind: 'sign_in', why: 'nobody' };
    const why = this.signInReason(client, session, interaction);
    if (why !== undefined) return { kind: 'sign_in', why };
    const view = await this.page.of({ device, client, session, seen: contentOf(interaction) }, visitor);
    return { kind: 'page', view };
  }

  async decide(interaction: Interaction, visitor: SignedInVisitor, form: FormValues): Promise<NextStep> {
    const { session } = visitor;
    if (form.get('decision') !== 'allow') return this.refuse(interaction);
    const device = await this.deviceOf(interaction);
    const client = await this.clientOf(device);
    const why = this.signInReason(client, session, interaction);
    if (why !== undefined) return { kind: 'sign_in', why };
    const question = { device, client, session, seen: contentOf(interaction) };
    // She answers what she saw, and nothing that took its place since.
    if (!(await this.page.isAsShown(question, visitor))) {
      return { kind: 'page', view: await this.page.of(question, visitor, true), status: 409 };
    }
    const isAllowed = await this.completion.allow(device, { client, session }, interaction);
    return isAllowed ? { kind: 'result', outcome: 'device_allowed' } : { kind: 'again' };
  }

  async refuse(interaction: Interaction): Promise<NextStep> {
    await this.completion.deny(await this.deviceOf(interaction), interaction);
    return { kind: 'result', outcome: 'device_denied' };
  }

  /** A sign-in since she brought the code is new enough for every client. */
  private signInReason(
    { metadata: { defaultMaxAge } }: Client,
    { authTime }: Session,
    { createdAt }: Interaction,
  ): SignInReason | undefined {
    if (defaultMaxAge === null || authTime >= createdAt) return undefined;
    return this.clock.now() - authTime > defaultMaxAge ? 'again' : undefined;
  }

  private async deviceOf(interaction: Interaction): Promise<DeviceCode> {
    const device = await this.devices.findByHash(contentOf(interaction).device);
    const isWaiting = device?.decision.state === 'pending' && !isExpired(device.validUntil, this.clock.now());
    if (!isWaiting) throw new PageError('expired', 'device_decided_or_over');
    return device;
  }

  private async clientOf({ clientId }: DeviceCode): Promise<Client> {
    const client = await this.clients.findEnabled(clientId);
    if (!client) throw new PageError('unknown_application', 'client_disabled_meanwhile');
    return client;
  }
}

function contentOf({ content }: Interaction): DeviceContent {
  return content as DeviceContent;
}
