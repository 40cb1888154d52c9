import { Injectable } from '@nestjs/common';
import type { AnswerEncryption, Client } from '@valetkey/clients';
import type { FindEncryption } from '@valetkey/keys';
import { KeyRing } from '@valetkey/keys';
import type { AnswerAlgorithm } from '@valetkey/protocol';
import type { IdTokenRecipient } from '@valetkey/tokens';
import { ClientKeys } from './client-authentication/client-keys.service.js';
import { OAuthError } from './domain/oauth-error.js';

/** Seconds: no earlier is the address of its keys called again. */
const RETRY_AFTER = '30';

/** How an answer as JWT is made for a client. */
export interface AnswerForm {
  readonly algorithm: AnswerAlgorithm;
  /** Absent: signed only. */
  readonly encryption?: FindEncryption;
}

/** The same for UserInfo, which may be encrypted without a signature. */
export interface UserInfoForm extends Pick<AnswerForm, 'encryption'> {
  /** `null`: not signed. */
  readonly algorithm: AnswerAlgorithm | null;
}

/** How a client wants to hear about people (OpenID Connect Registration section 2) and about tokens. */
@Injectable()
export class Recipients {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly keys: ClientKeys,
  ) {}

  of(client: Client): IdTokenRecipient {
    const { idTokenSignedResponseAlg, idTokenEncryption, subjectType, sectorIdentifier } = client.metadata;
    return {
      clientId: client.id,
      // Without a sector of its own a client shares its subjects with nobody.
      sector: subjectType === 'public' ? null : (sectorIdentifier ?? client.id),
      ...this.formOf(client, idTokenSignedResponseAlg, idTokenEncryption),
    };
  }

  /** UserInfo answers as JWT, or `null` for plain JSON (OpenID Connect Core section 5.3.2). */
  userinfo(client: Client): UserInfoForm | null {
    const { userinfoSignedResponseAlg: algorithm, userinfoEncryption: wanted } = client.metadata;
    if (algorithm !== null) return this.formOf(client, algorithm, wanted);
    return wanted && { algorithm, encryption: this.finderOf(client, wanted) };
  }

  /** Answers of the authorization endpoint as JWT (JARM section 3). */
  authorization(client: Client): AnswerForm {
    const { authorizationSignedResponseAlg, authorizationEncryption } = client.metadata;
    return this.formOf(client, authorizationSignedResponseAlg, authorizationEncryption);
  }

  /** Introspection answers as JWT: by the algorithm that every client knows where it names none (RFC 9701 section 6). */
  introspection(client: Client): AnswerForm {
    const { introspectionSignedResponseAlg, introspectionEncryption } = client.metadata;
    const usual = this.keyRing.algorithms.includes('RS256') ? 'RS256' : this.keyRing.signingAlgorithm;
    return this.formOf(client, introspectionSignedResponseAlg ?? usual, introspectionEncryption);
  }

  private formOf(client: Client, algorithm: AnswerAlgorithm, wanted: AnswerEncryption | null): AnswerForm {
    return wanted === null ? { algorithm } : { algorithm, encryption: this.finderOf(client, wanted) };
  }

  /** Rejects with temporarily_unavailable while the address of its keys is silent, with invalid_request when no key fits. */
  private finderOf(client: Client, wanted: AnswerEncryption): FindEncryption {
    return async () => {
      const key = await this.keys.forEncryption(client, wanted.alg);
      if (key) return { ...wanted, key };
      // Nothing leaves unencrypted that was to be encrypted.
      if ((await this.keys.of(client)).length > 0) throw new OAuthError('invalid_request', 'recipient_key_missing');
      throw new OAuthError('temporarily_unavailable', 'recipient_keys_unreachable', { 'retry-after': RETRY_AFTER });
    };
  }
}
