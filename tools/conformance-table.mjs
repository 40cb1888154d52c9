/**
 * Which test proves which rule: takes rule ids from test titles and writes docs/conformance.md.
 * With `--check` it writes nothing and fails when the file is stale, a rule in scope has no test, a title names a rule that is not listed,
 * or a rule waits without saying for which issue.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { argv, exit } from 'node:process';
import { readTestTitles } from './test-titles.mjs';

const RULES = 'docs/conformance/rules.json';
const TABLE = 'docs/conformance.md';
const RULE_ID = /\b[A-Z]{2}-\d{2}\b/g;

/** @typedef {{ id: string, document: string, summary: string, later?: string }} Rule `later`: the issue that it waits for, or that there is none yet, and why */
/** @typedef {import('./test-titles.mjs').TestTitle} TestTitle */

/** @type {Rule[]} */
const rules = JSON.parse(readFileSync(RULES, 'utf8'));
const tests = testsByRule(readTestTitles());
const missing = rules.filter((rule) => !rule.later && !tests.has(rule.id));
const known = new Set(rules.map((rule) => rule.id));
const unlisted = [...tests.keys()].filter((id) => !known.has(id)).sort();
/** What waits for nobody knows what is forgotten. */
const vague = rules.filter(
  ({ later }) => later !== undefined && !/^(issue \d+, point \d+|no issue yet)(:|$)/.test(later),
);
const table = tableOf();

if (argv.includes('--check')) check();
else {
  writeFileSync(TABLE, table);
  console.log(`${TABLE}: ${rules.length} rules, ${missing.length} in scope without a test`);
  for (const rule of missing) console.log(`  ${rule.id} ${rule.summary}`);
  for (const id of unlisted) console.log(`  ${id} is in titles and not in ${RULES}`);
}

function check() {
  const isStale = !existsSync(TABLE) || readFileSync(TABLE, 'utf8') !== table;
  for (const rule of missing) console.error(`${rule.id} has no test: ${rule.summary}`);
  for (const id of unlisted) console.error(`${id} is in titles and not in ${RULES}`);
  for (const rule of vague)
    console.error(`${rule.id} waits without "issue N, point N" or "no issue yet": ${rule.later}`);
  if (isStale) console.error(`${TABLE} is stale: run "npm run conformance"`);
  if (isStale || missing.length > 0 || unlisted.length > 0 || vague.length > 0) exit(1);
  console.log(`conformance: ${rules.filter((rule) => !rule.later).length} rules in scope, each with a test`);
}

/**
 * @param {TestTitle[]} titles
 * @returns {Map<string, TestTitle[]>}
 */
function testsByRule(titles) {
  /** @type {Map<string, TestTitle[]>} */
  const found = new Map();
  for (const title of titles)
    for (const id of new Set(title.title.match(RULE_ID) ?? [])) found.set(id, [...(found.get(id) ?? []), title]);
  return found;
}

function tableOf() {
  const documents = [...new Set(rules.map((rule) => rule.document))];
  return [
    '# Conformance: rule by rule',
    '',
    'Made from the titles of the tests by `npm run conformance`; the rules are listed in [rules.json](conformance/rules.json).',
    ...documents.flatMap((document) => [
      '',
      `## ${document}`,
      '',
      '| Rule | What it asks | Proved by |',
      '|---|---|---|',
      ...rules.filter((rule) => rule.document === document).map(rowOf),
    ]),
    '',
  ].join('\n');
}

/**
 * What waits is told beside what is proved: a test of one part is no proof of the whole.
 * @param {Rule} rule
 */
function rowOf({ id, summary, later }) {
  const waits = later ? [`*later: ${cell(later)}*`] : [];
  return `| ${id} | ${cell(summary)} | ${[...waits, proofsOf(id)].filter(Boolean).join('<br>')} |`;
}

/** @param {string} id */
function proofsOf(id) {
  return (tests.get(id) ?? []).map(({ title, file }) => `${cell(title)} ([${nameOf(file)}](../${file}))`).join('<br>');
}

/** @param {string} file */
function nameOf(file) {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** @param {string} text */
function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}
