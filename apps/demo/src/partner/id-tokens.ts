import { randomUUID } from 'node:crypto';
import { type CryptoKey, importJWK, type JWK, type KeyObject, SignJWT } from 'jose';

/** Somebody whom the partner knows. */
export interface PartnerUser {
  subject: string;
  name: string;
  email: string;
}

export const USERS: ReadonlyMap<string, PartnerUser> = new Map([
  ['bob', { subject: 'bob-42', name: 'Bob Baker', email: 'bob@partner.example' }],
  ['carol', { subject: 'carol-99', name: 'Carol Cook', email: 'carol@partner.example' }],
  ['alice', { subject: 'alice-7', name: 'Alice Archer', email: 'alice@example.org' }],
]);

/** Signs ID tokens (OpenID Connect Core section 2) with an ES256 key. */
export class IdTokens {
  private constructor(
    private readonly issuer: string,
    private readonly key: CryptoKey | KeyObject,
    readonly publicKey: JWK,
  ) {}

  static async of(issuer: string, privateKey: JWK): Promise<IdTokens> {
    const key = await importJWK(privateKey, 'ES256');
    if (key instanceof Uint8Array) throw new Error('The key of the partner must be an EC key');
    const { kty, crv, x, y, kid } = privateKey;
    return new IdTokens(issuer, key, { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' } as JWK);
  }

  /** A fresh token about `user`, good for five minutes and once: the audience remembers its `jti`. */
  issue(user: PartnerUser, to: { audience: string; presenter: string }): Promise<string> {
    return new SignJWT({ name: user.name, email: user.email, email_verified: true, azp: to.presenter })
      .setProtectedHeader({ alg: 'ES256', kid: this.publicKey.kid ?? '' })
      .setIssuer(this.issuer)
      .setSubject(user.subject)
      .setAudience(to.audience)
      .setIssuedAt()
      .setExpirationTime('5m')
      .setJti(randomUUID())
      .sign(this.key);
  }
}
