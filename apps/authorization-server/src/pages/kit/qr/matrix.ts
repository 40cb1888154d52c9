import { codewordsOf, versionFor } from './codewords.js';

/** Rows of modules, `true` for dark. */
export type Modules = readonly (readonly boolean[])[];

/** Inverts modules so that the picture has no large even areas (ISO/IEC 18004 table 10). */
const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

/** A code in the making: its modules, and which of them are patterns that no mask touches. */
class Drawing {
  readonly size: number;
  readonly dark: boolean[][];
  readonly fixed: boolean[][];

  constructor(readonly version: number) {
    this.size = version * 4 + 17;
    this.dark = Array.from({ length: this.size }, () => new Array<boolean>(this.size).fill(false));
    this.fixed = Array.from({ length: this.size }, () => new Array<boolean>(this.size).fill(false));
  }

  /** Sets a module of a pattern; outside of the picture nothing happens. */
  fix(row: number, column: number, isDark: boolean): void {
    const [darks, fixes] = [this.dark[row], this.fixed[row]];
    if (!darks || !fixes || column < 0 || column >= this.size) return;
    darks[column] = isDark;
    fixes[column] = true;
  }

  fixSquare(row: number, column: number, radius: number, isDark: (distance: number) => boolean): void {
    for (let down = -radius; down <= radius; down++) {
      for (let right = -radius; right <= radius; right++) {
        this.fix(row + down, column + right, isDark(Math.max(Math.abs(down), Math.abs(right))));
      }
    }
  }
}

/** The modules of a text, at correction level M. @throws RangeError for more than 412 bytes */
export function modulesOf(text: string): Modules {
  const bytes = new TextEncoder().encode(text);
  const version = versionFor(bytes.length);
  const codewords = codewordsOf(bytes, version);
  const candidates = MASKS.map((mask, index) => {
    const drawing = new Drawing(version);
    drawPatterns(drawing);
    drawFormat(drawing, index);
    drawCodewords(drawing, codewords, mask);
    return drawing.dark;
  });
  return candidates.reduce((best, one) => (penalty(one) < penalty(best) ? one : best));
}

function drawPatterns(drawing: Drawing): void {
  const { size, version } = drawing;
  for (let index = 0; index < size; index++) {
    drawing.fix(6, index, index % 2 === 0);
    drawing.fix(index, 6, index % 2 === 0);
  }
  const places = alignment(version, size);
  const last = places.at(-1);
  for (const row of places) {
    for (const column of places) {
      const inCorner = (row === 6 && (column === 6 || column === last)) || (row === last && column === 6);
      if (!inCorner) drawing.fixSquare(row, column, 2, (distance) => distance !== 1);
    }
  }
  const finder = (distance: number) => distance !== 2 && distance !== 4;
  drawing.fixSquare(3, 3, 4, finder);
  drawing.fixSquare(3, size - 4, 4, finder);
  drawing.fixSquare(size - 4, 3, 4, finder);
  if (version >= 7) drawVersion(drawing);
}

/** Rows and columns of the centres of alignment patterns (ISO/IEC 18004 annex E). */
function alignment(version: number, size: number): readonly number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, index) => size - 7 - step * (count - 2 - index))];
}

/** A value followed by the remainder of its division, as BCH codes have it. */
function withRemainder(value: number, divisor: number, length: number): number {
  let rest = value << length;
  for (let bit = 31 - Math.clz32(rest); bit >= length; bit = 31 - Math.clz32(rest)) rest ^= divisor << (bit - length);
  return (value << length) | rest;
}

const bitOf = (value: number, bit: number): boolean => ((value >> bit) & 1) === 1;

/** Level and mask, twice (ISO/IEC 18004 section 7.9). Level M has the bits 00. */
function drawFormat(drawing: Drawing, mask: number): void {
  const { size } = drawing;
  const format = withRemainder(mask, 0x537, 10) ^ 0x5412;
  for (let bit = 0; bit < 15; bit++) {
    const isDark = bitOf(format, bit);
    const skip = bit < 6 ? bit : bit + 1;
    // Down the eighth column and along the eighth row, around the first corner, leaving out the timing patterns.
    if (bit < 8) drawing.fix(skip, 8, isDark);
    else drawing.fix(8, bit === 8 ? 7 : 14 - bit, isDark);
    if (bit < 8) drawing.fix(8, size - 1 - bit, isDark);
    else drawing.fix(size - 15 + bit, 8, isDark);
  }
  drawing.fix(size - 8, 8, true);
}

function drawVersion(drawing: Drawing): void {
  const version = withRemainder(drawing.version, 0x1f25, 12);
  for (let bit = 0; bit < 18; bit++) {
    const [near, far] = [Math.floor(bit / 3), drawing.size - 11 + (bit % 3)];
    drawing.fix(near, far, bitOf(version, bit));
    drawing.fix(far, near, bitOf(version, bit));
  }
}

/** Fills the rest in double columns from the right, upwards and downwards in turn. */
function drawCodewords(
  { size, dark, fixed }: Drawing,
  codewords: readonly number[],
  mask: (typeof MASKS)[number],
): void {
  let bit = 0;
  for (const [row, column] of zigzag(size)) {
    const darks = dark[row];
    if (!darks || fixed[row]?.[column] !== false) continue;
    const isDark = bitOf(codewords[bit >> 3] ?? 0, 7 - (bit & 7));
    darks[column] = isDark !== mask(row, column);
    bit += 1;
  }
}

function* zigzag(size: number): Generator<readonly [row: number, column: number]> {
  let isUpwards = true;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const row = isUpwards ? size - 1 - step : step;
      yield [row, right];
      yield [row, right - 1];
    }
    isUpwards = !isUpwards;
  }
}

/** How hard a picture is to read (ISO/IEC 18004 section 7.8.3): runs, even squares, false finders, imbalance. */
function penalty(modules: Modules): number {
  const rows = modules.map((row) => row.map((isDark) => (isDark ? '1' : '0')).join(''));
  const columns = rows.map((_, column) => rows.map((row) => row[column]).join(''));
  const lines = [...rows, ...columns];
  const runs = lines.flatMap((line) => line.match(/0{5,}|1{5,}/g) ?? []).reduce((sum, run) => sum + run.length - 2, 0);
  const finders = lines.flatMap((line) => [...line.matchAll(/(?=10111010000|00001011101)/g)]).length;
  const total = modules.length ** 2;
  const dark = rows.join('').replaceAll('0', '').length;
  return runs + squares(rows) * 3 + finders * 40 + Math.floor(Math.abs(dark * 20 - total * 10) / total) * 10;
}

function squares(rows: readonly string[]): number {
  let count = 0;
  for (let row = 1; row < rows.length; row++) {
    const [above = '', below = ''] = [rows[row - 1], rows[row]];
    for (let column = 1; column < below.length; column++) {
      const four = above.slice(column - 1, column + 1) + below.slice(column - 1, column + 1);
      if (four === '0000' || four === '1111') count += 1;
    }
  }
  return count;
}
