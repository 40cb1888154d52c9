import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What was encrypted was not encrypted under this key. */
export class WrongEncryptionKey extends Error {}

/**
 * Encrypts what must not be readable in a database dump (AES-256-GCM) and derives further secrets of the server. The
 * key-encryption key lives outside the database.
 */
export class KeyEncryption {
  private readonly encryptionKey: Buffer;
  private readonly master: Buffer;

  /** @param master - 32 random bytes @throws Error for any other length */
  constructor(master: Buffer) {
    if (master.length !== 32) throw new Error('the key-encryption key must be 32 bytes');
    this.master = master;
    this.encryptionKey = this.derive('encryption');
  }

  /** @param context - what the text belongs to (a kid); decryption under another context fails */
  encrypt(text: string, context: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.encryptionKey, nonce).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return sealed.toString('base64url');
  }

  /** @throws WrongEncryptionKey when the key, the context or the text is not the one of `encrypt` */
  decrypt(sealed: string, context: string): string {
    const bytes = Buffer.from(sealed, 'base64url');
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const tag = bytes.subarray(bytes.length - TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.encryptionKey, nonce).setAAD(Buffer.from(context));
    decipher.setAuthTag(tag);
    const text = decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES), undefined, 'utf8');
    try {
      return text + decipher.final('utf8');
    } catch (cause) {
      throw new WrongEncryptionKey('it was encrypted under another key-encryption key', { cause });
    }
  }

  /** A secret for one purpose, always the same for the same key-encryption key. */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.master, '', `valetkey/${purpose}`, 32));
  }

  /** A keyed digest of a text for one purpose, base64url. */
  authenticate(purpose: Buffer, text: string): string {
    return createHmac('sha256', purpose).update(text).digest('base64url');
  }
}
