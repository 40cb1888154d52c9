import { GOALS } from './goals.mjs';

/** @typedef {import('./goals.mjs').Measure} Measure */
/** @typedef {import('./goals.mjs').Figure} Figure */
/** @typedef {{ title: string, status: string }} Test */
/** @typedef {{ id: string, title: string, target: string, measured: string, isMet: boolean | undefined }} Row */

/**
 * A row a goal. A goal of which nothing was measured is neither met nor missed.
 * @param {readonly Measure[]} measures
 * @param {readonly Test[]} tests
 * @returns {Row[]}
 */
export function rowsOf(measures, tests) {
  return GOALS.map(({ id, title, target, figures, tests: isTested }) => {
    const own = measures.filter(({ goal }) => goal === id);
    const told = figures.map((figure) => tell(figure, own, figures));
    const titled = isTested ? tests.filter((test) => new RegExp(`\\b${id}\\b`).test(test.title)) : [];
    const passed = titled.filter(({ status }) => status === 'passed').length;
    const marks = [
      ...told.map(({ isMet }) => isMet),
      ...(isTested ? [titled.length > 0 ? passed === titled.length : undefined] : []),
    ];
    const words = [
      ...told.map(({ text }) => text),
      ...(isTested ? [`${passed} of ${titled.length} tests`] : []),
      ...besides(id, own),
    ];
    return {
      id,
      title,
      target,
      measured: words.join('; '),
      isMet: marks.includes(false) ? false : marks.includes(undefined) ? undefined : true,
    };
  });
}

/**
 * @param {Figure} figure
 * @param {readonly Measure[]} own
 * @param {readonly Figure[]} all a measure belongs to the figure whose words fit longest
 */
function tell(figure, own, all) {
  const belongs = (/** @type {Measure} */ { what }) =>
    what.startsWith(figure.what) &&
    !all.some((other) => other.what.length > figure.what.length && what.startsWith(other.what));
  const values = own.filter(belongs).map(({ value }) => value);
  if (values.length === 0) return { text: `${figure.what}: not measured`, isMet: undefined };
  const value = combined(values, figure.of);
  const isMet = value <= (figure.most ?? Infinity) && value >= (figure.least ?? -Infinity);
  return { text: `${format(value, figure)}${isMet ? '' : ' (missed)'}`, isMet };
}

/** @param {readonly number[]} values @param {Figure['of']} of */
function combined(values, of) {
  if (of === 'max') return Math.max(...values);
  if (of === 'min') return Math.min(...values);
  if (of === 'sum') return values.reduce((sum, value) => sum + value, 0);
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
}

/** @param {number} value @param {Figure} figure */
function format(value, { what, unit }) {
  if (unit === 'B') return `${(value / 1000).toFixed(1)} kB${what.slice(1)}`;
  if (unit === 's') return `${value} s (keystroke-level model)`;
  if (unit !== undefined) return `${value} ${unit}`;
  const rounded = Number.isInteger(value) ? value : Number(value.toFixed(value < 1 ? 3 : 0));
  return `${rounded} ${what}`.trim();
}

/** How much was looked at, where that says how good the figure is. @param {string} id @param {readonly Measure[]} own */
function besides(id, own) {
  if (id !== 'G8') return [];
  const states = new Set(own.map(({ what }) => what));
  return [`${states.size} states of screens, ${own.length * 2} combinations`];
}

/** @param {readonly Row[]} rows */
export function markdownOf(rows) {
  const cell = (/** @type {string} */ text) => text.replaceAll('|', '\\|');
  const lines = rows.map(
    ({ id, title, target, measured, isMet }) =>
      `| ${id} | ${cell(title)} | ${cell(target)} | ${cell(measured)} | ${wordOf(isMet)} |`,
  );
  return ['| goal | what | target | measured | met |', '| --- | --- | --- | --- | --- |', ...lines].join('\n');
}

/** @param {boolean | undefined} isMet */
export function wordOf(isMet) {
  if (isMet === undefined) return 'not measured';
  return isMet ? 'yes' : '**no**';
}
