import { Injectable } from '@nestjs/common';
import type { SessionEndNotice } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import { encryptJws } from '@valetkey/keys';
import { Recipients } from '@valetkey/oauth';
import { OutboundCalls } from '@valetkey/outbound';
import { LogoutTokens } from '@valetkey/tokens';

/** Posts logout tokens (OpenID Connect Back-Channel Logout 1.0 section 2.5). */
@Injectable()
export class LogoutMessages {
  constructor(
    private readonly recipients: Recipients,
    private readonly tokens: LogoutTokens,
    private readonly calls: OutboundCalls,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends a fresh token, so that a second attempt is no replay of the first.
   * @returns the status of the answer; its content is nobody's business
   * @throws OutboundFailure
   */
  async send(client: Client, address: string, { accountId, sessionId }: SessionEndNotice): Promise<number> {
    const relation = this.recipients.of(client);
    const content = { relation, person: `account:${accountId}`, sid: sessionId };
    const signed = await this.tokens.sign(content, relation.algorithm, this.clock.now());
    const token = relation.encryption ? await encryptJws(signed, await relation.encryption()) : signed;
    const { status } = await this.calls.call(address, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ logout_token: token }).toString(),
    });
    return status;
  }
}
