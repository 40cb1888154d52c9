/**
 * A test in a browser that fails is tried once more, alone: a machine that is busy can let it look before a page is drawn.
 * No other test has a second try: what fails once without a browser has a cause.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { cwd, execPath } from 'node:process';

const IN_A_BROWSER = /^test\/(browser|console|journeys\/demo-)/;
/** More files than that are no chance. */
const MOST_FILES = 3;

/** @typedef {{ name: string, status: string, assertionResults: { status: string, fullName: string }[] }} Suite */
/** @typedef {{ file: string, titles: string[] }} Failure */

/**
 * @param {string[]} jest the arguments of Node.js that run jest
 * @param {string} report where the run that failed has left jest's JSON
 * @param {number} failed how many tests have failed in it, with suites that could not run
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]} what failed and passes now; empty where there is no second try, or it failed, too
 */
export function secondTry(jest, report, failed, env) {
  const failures = failuresOf(report);
  if (!isChance(failures, failed)) return [];
  const files = failures.map(({ file }) => file);
  console.log(`\n── once more: ${files.join(' ')}`);
  const { status } = spawnSync(execPath, [...jest, '--ci', '--maxWorkers', '1', ...files], { stdio: 'inherit', env });
  return status === 0 ? failures.flatMap(({ file, titles }) => titles.map((title) => `${file}: ${title}`)) : [];
}

/**
 * @param {string} report
 * @returns {Failure[]}
 */
function failuresOf(report) {
  if (!existsSync(report)) return [];
  /** @type {{ testResults: Suite[] }} */
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  return testResults
    .filter(({ status }) => status === 'failed')
    .map(({ name, assertionResults }) => ({
      file: relative(cwd(), name),
      titles: assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    }));
}

/**
 * @param {Failure[]} failures
 * @param {number} failed
 */
function isChance(failures, failed) {
  const named = failures.reduce((sum, { titles }) => sum + titles.length, 0);
  return (
    named > 0 &&
    named === failed &&
    failures.length <= MOST_FILES &&
    failures.every(({ file, titles }) => IN_A_BROWSER.test(file) && titles.length > 0)
  );
}
