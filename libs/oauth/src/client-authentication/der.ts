/** One value of ASN.1 in its distinguished encoding (X.690): what it is, what is in it, and both together. */
export interface DerValue {
  readonly tag: number;
  readonly content: Buffer;
  readonly encoded: Buffer;
}

export const DER = {
  integer: 0x02,
  bitString: 0x03,
  objectIdentifier: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
} as const;

const LONG_TAG = 0x1f;
const MOST_LENGTH_BYTES = 4;

/** The values that stand one behind the other in some bytes. Throws RangeError where they do not fit. */
export function* valuesIn(bytes: Buffer): Generator<DerValue, void, undefined> {
  let at = 0;
  while (at < bytes.length) {
    const value = valueAt(bytes, at);
    at += value.encoded.length;
    yield value;
  }
}

/** The only value in some bytes. Throws RangeError where there is none, or another behind it. */
export function soleValue(bytes: Buffer): DerValue {
  const value = valueAt(bytes, 0);
  if (value.encoded.length !== bytes.length) throw new RangeError('something behind the value');
  return value;
}

function valueAt(bytes: Buffer, start: number): DerValue {
  const tag = bytes.readUInt8(start);
  if ((tag & LONG_TAG) === LONG_TAG) throw new RangeError('a tag of several bytes');
  const first = bytes.readUInt8(start + 1);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  // 0x80 is a length that the encoding does not tell: only other encodings than this one have it.
  if (first === 0x80 || lengthBytes > MOST_LENGTH_BYTES) throw new RangeError('a length that is none');
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(start + 2, lengthBytes);
  const begin = start + 2 + lengthBytes;
  if (begin + length > bytes.length) throw new RangeError('a value that goes on behind the end');
  return { tag, content: bytes.subarray(begin, begin + length), encoded: bytes.subarray(start, begin + length) };
}
