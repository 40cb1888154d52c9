import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import { encodeTime, isExpired, newId } from '@valetkey/kernel';
import type {
  AuthorizationOptions,
  Decision,
  DeviceCode,
  FormParameters,
  GrantContext,
  GrantHandler,
  Reason,
} from '@valetkey/oauth';
import {
  AUTHORIZATION_OPTIONS,
  consentedOrder,
  detailsOfTypes,
  detailsToGive,
  DeviceCodes,
  overProblem,
  refused,
  TargetResolver,
} from '@valetkey/oauth';
import { GRANT_TYPE } from '@valetkey/protocol';

interface DeviceCodeRequest {
  readonly deviceCode: string;
  readonly resources: readonly string[];
  /** As it was sent; absent: what was granted. */
  readonly authorizationDetails: string | undefined;
}

type Approved = Extract<DeviceCode['decision'], { authorizationId: string }>;

/** A device asks whether its person has decided by now (RFC 8628 section 3.4). */
@Injectable()
export class DeviceCodeGrant implements GrantHandler<DeviceCodeRequest> {
  readonly grantType = GRANT_TYPE.deviceCode;

  constructor(
    private readonly devices: DeviceCodes,
    private readonly targets: TargetResolver,
    @Inject(AUTHORIZATION_OPTIONS) private readonly options: AuthorizationOptions,
  ) {}

  parse(parameters: FormParameters): DeviceCodeRequest {
    return {
      deviceCode: parameters.require('device_code'),
      resources: parameters.resources,
      authorizationDetails: parameters.get('authorization_details'),
    };
  }

  async authorize(request: DeviceCodeRequest, context: GrantContext): Promise<Decision> {
    const { client, now, writes, confirmation } = context;
    const device = await this.devices.find(request.deviceCode);
    if (!device) return refused('invalid_grant', 'device_code_unknown');
    const foreign = strangerProblem(device, client, confirmation);
    if (foreign !== undefined) return refused('invalid_grant', foreign, { securityEvent: true });
    const { decision } = device;
    if (decision.state === 'used') return refused('invalid_grant', 'device_code_used', { securityEvent: true });
    if (decision.state === 'denied') return refused('access_denied', 'device_denied');
    if (isExpired(device.validUntil, now)) return refused('expired_token', 'device_code_expired');
    if (decision.state === 'approved') return this.grant({ request, device, decision }, context);
    return this.devices.poll(writes, device, now)
      ? refused('slow_down', 'device_polls_too_fast')
      : refused('authorization_pending', 'device_waits');
  }

  private async grant(
    { request, device, decision }: { request: DeviceCodeRequest; device: DeviceCode; decision: Approved },
    { client, now, writes }: GrantContext,
  ): Promise<Decision> {
    const { authorizationId, authorization, content, recordScopes } = decision;
    const grantedDetails = detailsOfTypes(content.authorizationDetails, client.metadata.authorizationDetailsTypes);
    const over = overProblem({ content, authorization, details: grantedDetails }, now);
    if (over !== undefined) return refused('invalid_grant', over);
    const types = this.options.authorizationDetailsTypes;
    const details = detailsToGive(request.authorizationDetails, grantedDetails, types);
    const held = { granted: content, recordScopes, client };
    const { target, granted } = await this.targets.resolveGrant(held, request.resources);
    const familyId = newId(`f${encodeTime(now)}`);
    this.devices.use(writes, device);
    const { subject, signIn } = content;
    const access = { authorizationId, authorization, subject, signIn, target, granted, familyId, idToken: {} };
    return {
      outcome: 'granted',
      order: consentedOrder({ ...access, details, grantedDetails }, client),
      members: { scope: target.scopes.join(' '), ...(details && { authorization_details: details }) },
    };
  }
}

/** DV-04: what shows that this is not the device that began; it can neither use up nor slow down what is another's. Pure. */
function strangerProblem(
  { clientId, request: { dpopJkt } }: DeviceCode,
  client: Client,
  confirmation: GrantContext['confirmation'],
): Reason | undefined {
  if (clientId !== client.id) return 'device_code_of_another_client';
  if (dpopJkt === undefined) return undefined;
  const proven = confirmation && 'jkt' in confirmation ? confirmation.jkt : undefined;
  return proven === dpopJkt ? undefined : 'device_code_of_another_key';
}
