/** Medians, ratios and the tables. */

/**
 * @param {number[]} values
 * @returns {number} NaN when there are none
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @typedef {import('./measurement.mjs').Measurement} Measurement */
/** @typedef {Map<string, Measurement[]>} Figures by cell, one measurement a round */

/** @param {Measurement[]} rounds @param {keyof Measurement} name */
const middle = (rounds, name) => median(rounds.map((round) => Number(round[name])));

/** @param {number} value @param {number} [digits] */
const shown = (value, digits = 0) =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** @param {string[]} head @param {string[][]} lines */
function table(head, lines) {
  const line = (/** @type {string[]} */ values) => `| ${values.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...lines.map(line)].join('\n');
}

/** @param {Measurement[]} rounds */
const failed = (rounds) => rounds.some((round) => round.wrong > 0);

/** A rate says little when others had more than a tenth of the core. @param {Measurement[]} rounds */
const disturbed = (rounds) => middle(rounds, 'disturbed') > 0.1;

/** @param {boolean} met @param {boolean} isDisturbed */
const verdictOf = (met, isDisturbed) => (met ? 'yes' : 'NO') + (isDisturbed ? ' (disturbed)' : '');

/**
 * The verdict on a row.
 * @param {import('./rows.mjs').Row} row
 * @param {Figures} figures
 */
function judged(row, figures) {
  const ours = figures.get(row.ours) ?? [];
  const peer = row.peer ? (figures.get(row.peer) ?? []) : [];
  // rounds are paired: the two measurements of a round lie close in time, so what disturbed one disturbed the other
  const ratio = median(ours.slice(0, peer.length).map((round, index) => round.rate / peer[index].rate));
  const byCpu = median(ours.slice(0, peer.length).map((round, index) => peer[index].cpu / round.cpu));
  const checks = [
    row.factor === undefined || ratio >= row.factor,
    row.within === undefined || Math.abs(ratio - 1) <= row.within,
    row.rate === undefined || middle(ours, 'rate') >= row.rate,
    row.p99 === undefined || middle(ours, 'p99') <= row.p99,
    !failed(ours) && !failed(peer),
  ];
  return { ratio, byCpu, verdict: verdictOf(checks.every(Boolean), [ours, peer].some(disturbed)) };
}

/** @param {import('./rows.mjs').Row} row */
function target(row) {
  if (row.factor) return `≥ ${row.factor}×`;
  if (row.within) return `1× ± ${row.within * 100} %`;
  return `≥ ${shown(row.rate ?? 0)}/s, p99 ≤ ${row.p99} ms`;
}

/**
 * The rows with a target.
 * @param {import('./rows.mjs').Group[]} groups
 * @param {Figures} figures
 */
export function targetTable(groups, figures) {
  const contenderOf = new Map(groups.flatMap((group) => group.cells.map((cell) => [cell.id, cell])));
  const nameOf = (/** @type {string} */ id) => label(contenderOf.get(id));
  const lines = groups.flatMap((group) =>
    group.rows
      .filter((row) => figures.has(row.ours))
      .map((row) => {
        const ours = figures.get(row.ours) ?? [];
        const peer = row.peer ? figures.get(row.peer) : undefined;
        const { ratio, byCpu, verdict } = judged(row, figures);
        return [
          group.title,
          nameOf(row.ours),
          shown(middle(ours, 'rate')),
          shown(middle(ours, 'p99'), 1),
          shown(middle(ours, 'cpu'), 3),
          shown(middle(ours, 'memory')),
          row.peer ? `${nameOf(row.peer)}: ${peer ? shown(middle(peer, 'rate')) : '?'}/s` : '',
          peer ? `${shown(ratio, 2)}×` : '',
          peer ? `${shown(byCpu, 2)}×` : '',
          target(row),
          verdict,
        ];
      }),
  );
  const head = [
    'work',
    'ours',
    'per second',
    'p99 ms',
    'CPU ms',
    'memory MB',
    'compared with',
    'ratio',
    'ratio by CPU',
    'target',
    'met',
  ];
  return table(head, lines);
}

/** @param {import('./rows.mjs').Cell | undefined} cell */
function label(cell) {
  if (!cell) return '?';
  const size = /-(\d+)$/.exec(cell.work);
  return size ? `${cell.contender.name}, ${shown(Number(size[1]))}` : cell.contender.name;
}

/**
 * Every contender at every work.
 * @param {import('./rows.mjs').Group[]} groups
 * @param {Figures} figures
 */
export function contenderTable(groups, figures) {
  const lines = groups.flatMap((group) =>
    group.cells
      .filter((cell) => figures.has(cell.id))
      .map((cell) => {
        const rounds = figures.get(cell.id) ?? [];
        return [
          group.title,
          label(cell),
          shown(middle(rounds, 'rate')) + (failed(rounds) ? ' WRONG ANSWERS' : ''),
          shown(middle(rounds, 'p99'), 1),
          shown(middle(rounds, 'cpu'), 3),
          shown(middle(rounds, 'memory')),
          `${shown(100 * middle(rounds, 'share'))} %`,
          `${shown(100 * middle(rounds, 'disturbed'))} %`,
        ];
      }),
  );
  return table(
    ['work', 'server', 'per second', 'p99 ms', 'CPU ms', 'memory MB', 'its part of the core', 'others on the core'],
    lines,
  );
}

/**
 * @typedef {object} Footprint
 * @property {string} name
 * @property {number} firstStartMs with nothing there yet: schema and keys are made
 * @property {number} [memory] megabytes after the tokens
 * @property {{ startMs?: number, megabytes?: number }} limits
 */

/** @param {Footprint[]} footprints @param {number} tokens */
export function footprintTable(footprints, tokens) {
  const verdict = (/** @type {number} */ value, /** @type {number | undefined} */ limit) =>
    limit === undefined ? '' : value <= limit ? 'yes' : 'NO';
  const lines = footprints.flatMap(({ name, firstStartMs, memory, limits }) => [
    [
      'start to first answer, empty folder',
      name,
      `${shown(firstStartMs)} ms`,
      limits.startMs ? `≤ ${shown(limits.startMs)} ms` : '',
      verdict(firstStartMs, limits.startMs),
    ],
    [
      `resident memory after ${shown(tokens)} tokens`,
      name,
      `${shown(memory ?? Number.NaN)} MB`,
      limits.megabytes ? `≤ ${limits.megabytes} MB` : '',
      verdict(memory ?? Number.NaN, limits.megabytes),
    ],
  ]);
  return table(['figure', 'server', 'value', 'target', 'met'], lines);
}
