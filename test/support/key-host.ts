import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose';

/** Where clients publish their keys: each path is one client's. */
export class KeyHost {
  private readonly published = new Map<string, string>();
  private readonly calls: string[] = [];
  private readonly server = createServer((request, response) => {
    const path = request.url ?? '';
    this.calls.push(path);
    const text = this.published.get(path);
    response.writeHead(text === undefined ? 503 : 200, { 'content-type': 'application/jwk-set+json' }).end(text);
  });

  /** @param host - the address it is reached at; on Linux the whole of 127.0.0.0/8 is this machine */
  static async open(host = '127.0.0.1'): Promise<KeyHost> {
    const one = new KeyHost();
    one.server.listen(0, host);
    await once(one.server, 'listening');
    return one;
  }

  address(path: string): string {
    const { address, port } = this.server.address() as AddressInfo;
    return `http://${address}:${port}${path}`;
  }

  publish(path: string, ...keys: readonly unknown[]): void {
    this.published.set(path, JSON.stringify({ keys }));
  }

  silence(path: string): void {
    this.published.delete(path);
  }

  visits(path: string): number {
    return this.calls.filter((one) => one === path).length;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** A key that something is encrypted for. */
export interface EncryptionKey {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

/** @param more - members of the published half besides those of every key of this algorithm */
export async function encryptionKey(alg: string, kid: string, more: Partial<JWK> = {}): Promise<EncryptionKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { modulusLength: 2048, extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'enc', alg, ...more } };
}
