import { Inject, Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import { ClientRegistry } from '@valetkey/clients';
import { KeyRing } from '@valetkey/keys';
import { Recipients } from '@valetkey/oauth';
import type { TokenOptions } from '@valetkey/tokens';
import { Subjects, TOKEN_OPTIONS } from '@valetkey/tokens';

/** An ID token stays a hint long after its end (OpenID Connect Core section 3.1.2.1, RP-Initiated Logout section 2). */
const STILL_A_HINT = 10 * 365 * 86_400;

/** A hint that this server signed. */
export interface Hint {
  readonly client: Client;
  readonly subject: string;
  /** The session that it was made in; absent where none was, as for a device. */
  readonly sid: string | undefined;
}

/** ID tokens that come back as hints about who is meant. */
@Injectable()
export class IdTokenHints {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly subjects: Subjects,
    private readonly recipients: Recipients,
    private readonly clients: ClientRegistry,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /** The hint, expired ones too, or `undefined` for what this server did not sign for a client of today. */
  async read(token: string): Promise<Hint | undefined> {
    // A signed UserInfo answer has neither time: it says nothing of a sign-in.
    const requiredClaims = ['exp', 'iat'];
    const expected = { issuer: this.options.issuer, clockTolerance: STILL_A_HINT, requiredClaims };
    const claims = await this.keyRing.verify(token, 'JWT', expected);
    if (typeof claims?.sub !== 'string' || typeof claims.aud !== 'string') return undefined;
    const client = await this.clients.findEnabled(claims.aud);
    const { sub: subject, sid } = claims;
    return client && { client, subject, sid: typeof sid === 'string' ? sid : undefined };
  }

  /** Whether the hint is about the person of this session. */
  isAbout({ client, subject }: Hint, { accountId }: Pick<Session, 'accountId'>): boolean {
    return this.nameOf(accountId, client) === subject;
  }

  /** What the client calls the person of this account. */
  nameOf(accountId: string, client: Client): string {
    return this.subjects.of(`account:${accountId}`, this.recipients.of(client));
  }

  /** Whether the hint was made in this very session of that person: an old one is no word about a later sign-in. */
  isOf(hint: Hint, session: Pick<Session, 'accountId' | 'id'>): boolean {
    return hint.sid === session.id && this.isAbout(hint, session);
  }
}
