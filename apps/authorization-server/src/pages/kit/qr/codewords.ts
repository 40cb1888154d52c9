import { correctionOf } from './error-correction.js';

/** For versions 1 to 15 at correction level M (ISO/IEC 18004 table 9): correction codewords a block, and blocks. */
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10];

/** Modules that carry data and correction, of which the function patterns leave this many. */
function capacityInBytes(version: number): number {
  const square = (16 * version + 128) * version + 64;
  if (version === 1) return square >> 3;
  const aligned = Math.floor(version / 7) + 2;
  const withoutAlignment = square - ((25 * aligned - 10) * aligned - 55);
  return (version >= 7 ? withoutAlignment - 36 : withoutAlignment) >> 3;
}

const at = (table: readonly number[], version: number): number => table[version - 1] ?? 0;
const dataBytes = (version: number): number => capacityInBytes(version) - at(CORRECTION, version) * at(BLOCKS, version);
/** Mode and length stand before the text. */
const headerBits = (version: number): number => 4 + (version < 10 ? 8 : 16);

/** The smallest version that holds so many bytes. @throws RangeError for more than 412 bytes */
export function versionFor(bytes: number): number {
  const version = CORRECTION.findIndex((_, index) => bytes * 8 + headerBits(index + 1) <= dataBytes(index + 1) * 8) + 1;
  if (version === 0) throw new RangeError('This text is too long for a picture.');
  return version;
}

/** A text in byte mode with its correction, in the order in which it is drawn. */
export function codewordsOf(text: Uint8Array, version: number): readonly number[] {
  const blocks = split(padded(text, version), at(BLOCKS, version));
  const corrections = blocks.map((block) => correctionOf(block, at(CORRECTION, version)));
  return [...interleaved(blocks), ...interleaved(corrections)];
}

function padded(text: Uint8Array, version: number): readonly number[] {
  const length = text.length.toString(2).padStart(headerBits(version) - 4, '0');
  const content = Array.from(text, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const bits = `0100${length}${content}0000`.slice(0, dataBytes(version) * 8);
  const bytes = bits.match(/.{1,8}/g)?.map((byte) => parseInt(byte.padEnd(8, '0'), 2)) ?? [];
  const rest = dataBytes(version) - bytes.length;
  return [...bytes, ...Array.from({ length: rest }, (_, index) => (index % 2 === 0 ? 0xec : 0x11))];
}

/** Blocks of equal length, the last ones one longer where it does not come out even. */
function split(bytes: readonly number[], count: number): readonly (readonly number[])[] {
  const short = Math.floor(bytes.length / count);
  const longer = bytes.length % count;
  let start = 0;
  return Array.from({ length: count }, (_, index) => {
    const end = start + short + (index >= count - longer ? 1 : 0);
    const block = bytes.slice(start, end);
    start = end;
    return block;
  });
}

function interleaved(blocks: readonly (readonly number[])[]): readonly number[] {
  const longest = Math.max(...blocks.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => blocks.flatMap((block) => block[index] ?? [])).flat();
}
