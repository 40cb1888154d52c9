import type { X509Certificate } from 'node:crypto';
import { verify } from 'node:crypto';
import type { Instant } from '@valetkey/kernel';
import { certificateLibrary } from './certificate-library.js';
import type { DerValue } from './der.js';
import { DER, soleValue, valuesIn } from './der.js';

/** What is told of a list that cannot be used. */
export class RevocationListProblem extends Error {}

/** By the content of their object identifiers in hex; Ed25519 has its own hash. Lists signed in other ways are not taken. */
const HASHES: Readonly<Record<string, string | null>> = {
  '2a8648ce3d040302': 'sha256',
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
  '2a864886f70d01010b': 'sha256',
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
  '2b6570': null,
};
/** Some programs leave out the first word of the label (RFC 7468 section 6). */
const PEM = /-----BEGIN (?:X509 )?CRL-----([A-Za-z0-9+/=\s]+)-----END (?:X509 )?CRL-----/g;
const EXTENSIONS = 0xa0;
const FALSE = '00';
const BOOLEAN = 0x01;

/**
 * A list of revoked certificates (RFC 5280 section 5): complete, of the authority that issued them itself. Immutable.
 * What it says counts only once {@link isOf} holds.
 */
export class RevocationList {
  private constructor(
    private readonly signed: { readonly bytes: Buffer; readonly hash: string | null; readonly signature: Buffer },
    /** The name of the authority as it is encoded. */
    private readonly issuer: Buffer,
    readonly thisUpdate: Instant,
    /** From then on it says nothing about any certificate: a newer one was due. */
    readonly nextUpdate: Instant,
    private readonly serials: ReadonlySet<bigint>,
  ) {}

  /** All lists in a file, in PEM or (one) in DER. @throws RevocationListProblem */
  static readAll(content: Buffer): RevocationList[] {
    const pems = [...content.toString('latin1').matchAll(PEM)];
    const encoded = pems.length > 0 ? pems.map(([, base64 = '']) => Buffer.from(base64, 'base64')) : [content];
    return encoded.map((der) => attempt(() => RevocationList.read(der)));
  }

  private static read(der: Buffer): RevocationList {
    const [list, , signature] = [...valuesIn(contentOf(soleValue(der), DER.sequence))];
    // The fields from the algorithm on; version 1 has no number before them.
    const fields = [...valuesIn(contentOf(list, DER.sequence))].filter(
      ({ tag }, index) => index > 0 || tag !== DER.integer,
    );
    const [algorithm, issuer, from, until, ...rest] = fields;
    const [hash, thisUpdate] = [hashOf(algorithm), instantOf(present(from))];
    if (until?.tag !== DER.utcTime && until?.tag !== DER.generalizedTime) {
      throw new RevocationListProblem('does not say when the next list is due');
    }
    const extensions = rest.find(({ tag }) => tag === EXTENSIONS);
    if (extensions) refuseCritical(soleValue(extensions.content));
    const entries = rest.find(({ tag }) => tag === DER.sequence);
    const bits = contentOf(signature, DER.bitString);
    return new RevocationList(
      { bytes: present(list).encoded, hash, signature: bits.subarray(1) },
      present(issuer).encoded,
      thisUpdate,
      instantOf(until),
      new Set(entries ? serialsIn(entries.content) : []),
    );
  }

  /** Whether this authority made it (RFC 5280 section 6.3.3 f and g). */
  isOf(authority: X509Certificate): boolean {
    const { bytes, hash, signature } = this.signed;
    if (!this.issuer.equals(subjectOf(authority)) || !maySign(authority)) return false;
    try {
      return verify(hash, bytes, authority.publicKey, signature);
    } catch {
      return false;
    }
  }

  /** Whether it names a certificate of its authority. @param serialNumber - as `X509Certificate` has it, in hex */
  has(serialNumber: string): boolean {
    const isNegative = serialNumber.startsWith('-');
    const amount = BigInt(`0x${isNegative ? serialNumber.slice(1) : serialNumber}`);
    return this.serials.has(isNegative ? -amount : amount);
  }
}

function* serialsIn(entries: Buffer): Generator<bigint, void, undefined> {
  for (const entry of valuesIn(entries)) {
    const [serial, , extensions] = [...valuesIn(contentOf(entry, DER.sequence))];
    // Such as that the certificate is of another authority: passed over, the entry would mean another one (section 5.3).
    if (extensions) refuseCritical(extensions);
    const content = contentOf(serial, DER.integer);
    yield BigInt.asIntN(content.length * 8, BigInt(`0x${content.toString('hex')}`));
  }
}

/** Section 5.2: with something critical that is not understood, the list must not be used. Nothing critical is, here. */
function refuseCritical(extensions: DerValue): void {
  for (const extension of valuesIn(contentOf(extensions, DER.sequence))) {
    const [, critical] = [...valuesIn(contentOf(extension, DER.sequence))];
    if (critical?.tag !== BOOLEAN || critical.content.toString('hex') === FALSE) continue;
    throw new RevocationListProblem(
      'has something critical that is not known here, as lists of changes or of a part have',
    );
  }
}

function hashOf(algorithm: DerValue | undefined): string | null {
  const [identifier] = [...valuesIn(contentOf(algorithm, DER.sequence))];
  const hash = HASHES[contentOf(identifier, DER.objectIdentifier).toString('hex')];
  if (hash === undefined) throw new RevocationListProblem('is signed in a way that is not taken here');
  return hash;
}

function instantOf({ tag, content }: DerValue): Instant {
  const text = content.toString('latin1');
  // Section 5.1.2.4: two digits of the year up to 2049.
  const full = tag === DER.utcTime ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text;
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full);
  if (!match) throw new RangeError('a time that is none');
  const [year = 0, month = 0, ...others] = match.slice(1).map(Number);
  return Date.UTC(year, month - 1, ...others);
}

/** The subject of a certificate as it is encoded: what stands between its validity and its key (RFC 5280 section 4.1). */
function subjectOf({ raw }: X509Certificate): Buffer {
  const [certificate] = [...valuesIn(contentOf(soleValue(raw), DER.sequence))];
  const fields = [...valuesIn(contentOf(certificate, DER.sequence))];
  const hasVersion = fields[0]?.tag === EXTENSIONS;
  return present(fields[hasVersion ? 5 : 4]).encoded;
}

/** Where a certificate says what its key is for, lists must be among it. */
function maySign({ raw }: X509Certificate): boolean {
  const { KeyUsageFlags, KeyUsagesExtension, X509Certificate: Certificate } = certificateLibrary();
  const usages = new Certificate(raw).getExtension(KeyUsagesExtension)?.usages;
  return usages === undefined || (usages & KeyUsageFlags.cRLSign) !== 0;
}

function contentOf(value: DerValue | undefined, tag: number): Buffer {
  if (value?.tag !== tag) throw new RangeError('a value of another kind');
  return value.content;
}

function present(value: DerValue | undefined): DerValue {
  if (value === undefined) throw new RangeError('a value is missing');
  return value;
}

function attempt<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RevocationListProblem) throw error;
    throw new RevocationListProblem('is no list of revoked certificates');
  }
}
