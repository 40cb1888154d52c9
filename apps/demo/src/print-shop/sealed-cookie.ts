import { EncryptJWT, jwtDecrypt, type JWTPayload } from 'jose';

export interface SealedCookieOptions {
  name: string;
  /** 32 bytes, base64url. */
  key: string;
  /** The paths that the browser sends it to. */
  path: string;
  lifetimeSeconds: number;
}

/**
 * A cookie whose content its browser can neither read nor change (JWE, A256GCM). Sealed, too, because cookies do not know
 * ports: every server on this host gets those of the others.
 */
export class SealedCookie<T> {
  private readonly key: Uint8Array;

  constructor(private readonly options: SealedCookieOptions) {
    this.key = Buffer.from(options.key, 'base64url');
  }

  /** A `Set-Cookie` line. */
  async line(content: T): Promise<string> {
    const { name, lifetimeSeconds } = this.options;
    const value = await new EncryptJWT({ content } as JWTPayload)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      // One of the shop's cookies cannot be shown as another.
      .setAudience(name)
      .setExpirationTime(`${lifetimeSeconds}s`)
      .encrypt(this.key);
    return this.attributed(value, lifetimeSeconds);
  }

  /** A `Set-Cookie` line with which the browser forgets it. */
  forgotten(): string {
    return this.attributed('', 0);
  }

  /** The content in a `Cookie` header; undefined if there is none, it has expired, or was not sealed here. */
  async read(header: string | undefined): Promise<T | undefined> {
    const { name } = this.options;
    const pair = header?.split(/;\s*/).find((one) => one.startsWith(`${name}=`));
    if (pair === undefined) return undefined;
    try {
      const { payload } = await jwtDecrypt(pair.slice(name.length + 1), this.key, {
        audience: name,
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
        requiredClaims: ['exp'],
      });
      return payload['content'] as T;
    } catch {
      return undefined;
    }
  }

  private attributed(value: string, maxAge: number): string {
    const { name, path } = this.options;
    return `${name}=${value}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax`;
  }
}
