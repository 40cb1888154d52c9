import type { Language } from '../../../language/language.js';

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** "10 minutes", "5 seconds": in the largest unit that leaves no rest. */
export function intervalText(seconds: number, language: Language): string {
  const [unit, length] = UNITS.find(([, one]) => seconds >= one && seconds % one === 0) ?? (['second', 1] as const);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / length);
}

/** "12 ms", "3.4 sec". */
export function lengthText(milliseconds: number, language: Language): string {
  const [unit, value] =
    milliseconds < 1000 ? (['millisecond', milliseconds] as const) : (['second', milliseconds / 1000] as const);
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
}
