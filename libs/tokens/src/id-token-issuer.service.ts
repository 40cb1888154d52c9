import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { FindEncryption } from '@valetkey/keys';
import { encryptJws } from '@valetkey/keys';
import type { AnswerAlgorithm } from '@valetkey/protocol';
import { claimsOfScopes, IDENTITY_SCOPE } from '@valetkey/protocol';
import { PersonClaims, personClaims } from './domain/person-claims.js';
import type { ClaimsRequest } from './domain/person-claims.js';
import type { TokenContent } from './domain/token.js';
import { IdTokens } from './formats/id-token.js';
import type { Relation } from './formats/subjects.service.js';
import { TOKEN_OPTIONS } from './token-options.js';
import type { TokenOptions } from './token-options.js';

const ACCOUNT = 'account:';

/** What a grant adds to an order about the ID token; without it a refreshed one is made. */
export interface IdTokenOrder {
  readonly nonce?: string | undefined;
  /** The `claims` parameter, remembered with the tokens. */
  readonly claims?: ClaimsRequest | undefined;
}

/** How the client wants its ID tokens. */
export interface IdTokenRecipient extends Relation {
  readonly algorithm: AnswerAlgorithm;
  /** Absent: signed only. */
  readonly encryption?: FindEncryption;
}

/** The account that a token is about, or `undefined` for other people and for clients. */
export function accountOf(person: string | null): string | undefined {
  return person?.startsWith(ACCOUNT) ? person.slice(ACCOUNT.length) : undefined;
}

/** Adds ID tokens to what is minted (OpenID Connect Core section 3.1.3.3 and 12.2). */
@Injectable()
export class IdTokenIssuer {
  constructor(
    private readonly idTokens: IdTokens,
    private readonly people: PersonClaims,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /** The ID token that goes with an access token, or `undefined` where none was asked for or it is about no account. */
  async mint(
    content: TokenContent,
    accessToken: string,
    recipient: IdTokenRecipient,
    { nonce, now }: { nonce: string | undefined; now: Instant },
  ): Promise<string | undefined> {
    const accountId = accountOf(content.subject);
    const { subject: person, signIn } = content;
    if (accountId === undefined || person === null || !content.scopes.includes(IDENTITY_SCOPE.openid)) return undefined;
    const claims = await this.claims(accountId, content);
    const signed = await this.idTokens.sign(
      { relation: recipient, person, signIn, nonce, accessToken, claims },
      recipient.algorithm,
      now,
    );
    return recipient.encryption ? encryptJws(signed, await recipient.encryption()) : signed;
  }

  /** Claims of scopes are told at UserInfo (section 5.4), and here where the access token is for another API. */
  private async claims(
    accountId: string,
    { audience, scopes, claims }: TokenContent,
  ): Promise<Record<string, unknown>> {
    const told = audience === this.options.issuer ? [] : scopes;
    const named = claims?.idToken ?? [];
    // Mostly there is nothing to tell, and nobody to look up for it.
    if (named.length + claimsOfScopes(told).length === 0) return {};
    const person = await this.people.find(accountId);
    return person ? personClaims(person, told, named) : {};
  }
}
