import { Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import { KeyRing } from '@valetkey/keys';
import type { SigningAlgorithm } from '@valetkey/protocol';
import type { IdTokenRecipient } from '@valetkey/tokens';

/** How a client wants to hear about people (OpenID Connect Registration section 2) and about tokens. */
@Injectable()
export class Recipients {
  constructor(private readonly keyRing: KeyRing) {}

  of(client: Client): IdTokenRecipient {
    const { idTokenSignedResponseAlg, subjectType, sectorIdentifier } = client.metadata;
    return {
      clientId: client.id,
      // Without a sector of its own a client shares its subjects with nobody.
      sector: subjectType === 'public' ? null : (sectorIdentifier ?? client.id),
      algorithm: idTokenSignedResponseAlg,
    };
  }

  /** The algorithm of UserInfo answers as JWT, or `null` for plain JSON (section 5.3.2). */
  userinfoAlgorithm(client: Client): SigningAlgorithm | null {
    return client.metadata.userinfoSignedResponseAlg;
  }

  /** The algorithm of introspection answers as JWT: the one that every client knows (RFC 9701 section 6), where it is kept. */
  get introspectionAlgorithm(): SigningAlgorithm {
    return this.keyRing.algorithms.includes('RS256') ? 'RS256' : this.keyRing.signingAlgorithm;
  }
}
