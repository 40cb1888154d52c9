import { Injectable } from '@nestjs/common';
import { OutboundCalls } from '@valetkey/outbound';
import { RegistrationError } from './registration-error.js';
import type { RegistrationRequest } from './registration-request.schema.js';

/** Groups of clients with common pairwise identifiers (OpenID Connect Dynamic Client Registration section 5). */
@Injectable()
export class SectorIdentifiers {
  constructor(private readonly outbound: OutboundCalls) {}

  /**
   * The host that vouches for every redirect URI of the client, or `undefined` when it names none.
   * @throws RegistrationError invalid_client_metadata when the document cannot be had or misses one
   */
  async of({ sector_identifier_uri: uri, redirect_uris: wanted }: RegistrationRequest): Promise<string | undefined> {
    if (uri === undefined) return undefined;
    const listed = await this.read(uri);
    if (!Array.isArray(listed) || !wanted.every((one) => listed.includes(one))) {
      throw new RegistrationError('invalid_client_metadata', 'sector_invalid');
    }
    return new URL(uri).hostname;
  }

  /** Why it could not be had is not told: nobody learns by it what answers inside. */
  private async read(uri: string): Promise<unknown> {
    try {
      const { status, body } = await this.outbound.call(uri, {
        method: 'GET',
        headers: { accept: 'application/json' },
      });
      return status === 200 ? (JSON.parse(body) as unknown) : undefined;
    } catch {
      return undefined;
    }
  }
}
