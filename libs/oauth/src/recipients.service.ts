import { Injectable } from '@nestjs/common';
import type { AnswerEncryption, Client } from '@valetkey/clients';
import { encryptionKeyOf } from '@valetkey/clients';
import type { RecipientEncryption } from '@valetkey/keys';
import { KeyRing } from '@valetkey/keys';
import type { SigningAlgorithm } from '@valetkey/protocol';
import type { IdTokenRecipient } from '@valetkey/tokens';

/** How an answer as JWT is made for a client. */
export interface AnswerForm {
  readonly algorithm: SigningAlgorithm;
  /** Absent: signed only. */
  readonly encryption?: RecipientEncryption;
}

/** How a client wants to hear about people (OpenID Connect Registration section 2) and about tokens. */
@Injectable()
export class Recipients {
  constructor(private readonly keyRing: KeyRing) {}

  of(client: Client): IdTokenRecipient {
    const { idTokenSignedResponseAlg, idTokenEncryption, subjectType, sectorIdentifier } = client.metadata;
    return {
      clientId: client.id,
      // Without a sector of its own a client shares its subjects with nobody.
      sector: subjectType === 'public' ? null : (sectorIdentifier ?? client.id),
      ...formOf(client, idTokenSignedResponseAlg, idTokenEncryption),
    };
  }

  /** UserInfo answers as JWT, or `null` for plain JSON (section 5.3.2). */
  userinfo(client: Client): AnswerForm | null {
    const { userinfoSignedResponseAlg, userinfoEncryption } = client.metadata;
    return userinfoSignedResponseAlg === null ? null : formOf(client, userinfoSignedResponseAlg, userinfoEncryption);
  }

  /** Introspection answers as JWT: by the algorithm that every client knows where it names none (RFC 9701 section 6). */
  introspection(client: Client): AnswerForm {
    const { introspectionSignedResponseAlg, introspectionEncryption } = client.metadata;
    const usual = this.keyRing.algorithms.includes('RS256') ? 'RS256' : this.keyRing.signingAlgorithm;
    return formOf(client, introspectionSignedResponseAlg ?? usual, introspectionEncryption);
  }
}

/** @throws Error when the client has no key that fits: nothing leaves unencrypted that was to be encrypted */
function formOf({ id, jwks }: Client, algorithm: SigningAlgorithm, wanted: AnswerEncryption | null): AnswerForm {
  if (wanted === null) return { algorithm };
  const key = encryptionKeyOf(jwks, wanted.alg);
  if (!key) throw new Error(`client ${id} has no key for ${wanted.alg}`);
  return { algorithm, encryption: { ...wanted, key } };
}
