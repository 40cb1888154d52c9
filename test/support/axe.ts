import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { CDPSession } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What another theme can break; the rest is the same page. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const EVERYTHING = `${AXE};axe.run(document, { runOnly: ${JSON.stringify(TAGS)}, resultTypes: ['violations'] })`;
const COLOURS = `axe.run(document, { runOnly: { type: 'rule', values: ${JSON.stringify(COLOUR_RULES)} }, resultTypes: ['violations'] })`;

/** What axe finds on the page. */
export function violations(devtools: CDPSession): Promise<readonly string[]> {
  return run(devtools, EVERYTHING);
}

/** What it finds about colours alone, on a page that {@link violations} looked at before. */
export function colourViolations(devtools: CDPSession): Promise<readonly string[]> {
  return run(devtools, COLOURS);
}

/** axe runs in the page's own world, past its policy: it is no script of the page. */
async function run(devtools: CDPSession, expression: string): Promise<readonly string[]> {
  const options = { awaitPromise: true, returnByValue: true };
  const { result, exceptionDetails } = await devtools.send('Runtime.evaluate', { expression, ...options });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  const found = result.value as AxeResults;
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}
