import type { KeyObject } from 'node:crypto';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** What a test changes about a device or a browser. */
export interface Deviation {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  readonly userVerified?: boolean;
  readonly counter?: number;
  readonly userHandle?: string | null;
  readonly key?: KeyObject;
}

interface Options {
  readonly challenge: string;
}

const ORIGIN = 'https://as.example';
const RP_ID = 'as.example';
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const BACKUP_ELIGIBLE = 0x08;
const BACKED_UP = 0x10;
const CREDENTIAL_INCLUDED = 0x40;

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest();
const base64url = (data: Buffer) => data.toString('base64url');

/** The little of CBOR (RFC 8949) that a passkey needs. */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const members = [...value].flatMap(([name, member]) => [cbor(name), cbor(member as string)]);
  return Buffer.concat([head(5, value.size), ...members]);
}

function head(kind: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(kind << 5) | length]);
  if (length < 256) return Buffer.from([(kind << 5) | 24, length]);
  return Buffer.from([(kind << 5) | 25, length >> 8, length & 255]);
}

/** A device with one passkey (ES256, attestation `none`), and the browser before it. */
export class SoftwareAuthenticator {
  readonly id = base64url(randomBytes(32));
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private counter = 0;
  private userHandle = '';

  /** @param counts - whether it counts its uses @param synced - whether the passkey is on other devices, too */
  constructor(private readonly traits: { readonly counts: boolean; readonly synced: boolean }) {}

  /** `navigator.credentials.create()`. */
  create(options: Options & { readonly user: { readonly id: string } }, deviation: Deviation = {}) {
    this.userHandle = options.user.id;
    const clientData = this.clientData('webauthn.create', options, deviation);
    const credentialId = Buffer.from(this.id, 'base64url');
    const length = Buffer.from([credentialId.length >> 8, credentialId.length & 255]);
    const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, this.coseKey()]);
    const authData = Buffer.concat([this.authenticatorData(deviation, CREDENTIAL_INCLUDED), attested]);
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]);
    return this.answer({
      clientDataJSON: base64url(clientData),
      attestationObject: base64url(cbor(attestation)),
      transports: ['internal', 'hybrid'],
    });
  }

  /** `navigator.credentials.get()`. */
  get(options: Options, deviation: Deviation = {}) {
    this.counter += this.traits.counts ? 1 : 0;
    const clientData = this.clientData('webauthn.get', options, deviation);
    const authData = this.authenticatorData(deviation, 0);
    const signed = Buffer.concat([authData, sha256(clientData)]);
    const handle = deviation.userHandle === undefined ? this.userHandle : deviation.userHandle;
    return this.answer({
      clientDataJSON: base64url(clientData),
      authenticatorData: base64url(authData),
      signature: base64url(sign('sha256', signed, deviation.key ?? this.keys.privateKey)),
      userHandle: handle,
    });
  }

  private answer(response: object) {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response };
  }

  private clientData(type: string, { challenge }: Options, deviation: Deviation): Buffer {
    const { origin = ORIGIN, crossOrigin = false } = deviation;
    const content = { type: deviation.type ?? type, challenge: deviation.challenge ?? challenge, origin, crossOrigin };
    return Buffer.from(JSON.stringify(content));
  }

  private authenticatorData({ rpId = RP_ID, userVerified = true, counter = this.counter }: Deviation, more: number) {
    const synced = this.traits.synced ? BACKUP_ELIGIBLE | BACKED_UP : 0;
    const flags = USER_PRESENT | (userVerified ? USER_VERIFIED : 0) | synced | more;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count]);
  }

  private coseKey(): Buffer {
    const { x = '', y = '' } = this.keys.publicKey.export({ format: 'jwk' });
    const members: [number, number | Buffer][] = [
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ];
    return cbor(new Map(members));
  }
}
