import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import { GRANT_TYPE } from '@valetkey/protocol';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import { RequestValidator } from '../authorization-request/request.validator.js';
import type { AuthenticationRequest } from '../client-authentication/client-authenticator.service.js';
import { ClientAuthenticator } from '../client-authentication/client-authenticator.service.js';
import { OAuthError } from '../domain/oauth-error.js';
import { SenderConstraint } from '../sender-constraint/sender-constraint.service.js';
import { deviceNameOf } from './device-name.js';
import { DeviceCodes } from './device-codes.service.js';

/** Parameters of Grant Management that are for the authorization endpoint alone. */
const NAMED_GRANT = ['grant_management_action', 'grant_id'];

/** The body of the answer (RFC 8628 section 3.2). */
export interface DeviceAuthorizationAnswer {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
  readonly expires_in: number;
  readonly interval: number;
}

/** The device authorization endpoint (RFC 8628 section 3.1), free of HTTP. */
@Injectable()
export class DeviceAuthorizationEndpoint {
  constructor(
    private readonly clients: ClientAuthenticator,
    private readonly senders: SenderConstraint,
    private readonly validator: RequestValidator,
    private readonly devices: DeviceCodes,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /**
   * Beside what RFC 8628 names a device may say what it calls itself (`device_name`), for the person who is to recognise it.
   * @param admit - counts the request: the row of a device costs whoever asks nothing. Throws where there are too many
   * @throws OAuthError for everything that is not as it should be
   */
  async handle(
    request: AuthenticationRequest,
    admit: (client: Client) => Promise<void>,
  ): Promise<DeviceAuthorizationAnswer> {
    const { address, isForwarded, parameters } = request;
    // As at the token endpoint: told to use a nonce, a client sends the same assertion again.
    const proof = await this.senders.read(request.sender);
    const client = await this.clients.authenticate(request);
    if (!client.grantTypes.includes(GRANT_TYPE.deviceCode)) {
      throw new OAuthError('unauthorized_client', 'grant_type_not_allowed');
    }
    // A device has what she gave the client anyway, and manages no grant by name.
    if (NAMED_GRANT.some((name) => parameters.get(name) !== undefined)) {
      throw new OAuthError('invalid_request', 'parameter_not_allowed');
    }
    await admit(client);
    // Not before the request is counted: anybody can make proofs.
    if (proof) await this.senders.use(proof);
    const access = await this.validator.validateAccess(client, parameters);
    const deviceName = deviceNameOf(parameters.get('device_name'));
    const begun = await this.devices.begin(client, {
      ...access,
      address,
      ...(isForwarded && { isForwarded }),
      ...(deviceName !== undefined && { deviceName }),
      ...(proof && { dpopJkt: proof.jkt }),
    });
    const verification = `${this.options.issuer}/device`;
    return {
      device_code: begun.deviceCode,
      user_code: begun.userCode,
      verification_uri: verification,
      verification_uri_complete: `${verification}?user_code=${begun.userCode}`,
      expires_in: begun.expiresIn,
      interval: begun.interval,
    };
  }
}
