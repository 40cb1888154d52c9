/**
 * Every link in every Markdown file of the project leads somewhere: files and folders exist, `#anchors` are headings.
 * And every page can be found: from README.md, by links alone. Addresses on the web are not looked at.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { exit } from 'node:process';

const FIRST_PAGE = 'README.md';
const LEFT_OUT = new Set(['node_modules', 'dist', 'data', 'coverage', 'test-output', '.git']);

/** @typedef {{ target: string, line: number }} Link */

const pages = markdownFiles();
/** @type {Map<string, Link[]>} */
const links = new Map(pages.map((page) => [page, linksOf(page)]));
const problems = [...links].flatMap(([page, found]) => found.flatMap((link) => problemOf(page, link)));
const reached = reachedFrom(FIRST_PAGE);
const hidden = pages.filter((page) => !reached.has(page));

for (const problem of problems) console.error(problem);
for (const page of hidden) console.error(`${page}: no page that README.md leads to links to it`);
if (problems.length > 0 || hidden.length > 0) exit(1);
console.log(`links: ${[...links.values()].flat().length} in ${pages.length} pages lead somewhere`);

/** What is in the repository; without git, what is in the folder. */
function markdownFiles() {
  try {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return listed.split('\n').filter((file) => file !== '' && existsSync(file));
  } catch {
    return readdirSync('.', { withFileTypes: true })
      .filter(({ name }) => !LEFT_OUT.has(name))
      .flatMap((entry) => (entry.isDirectory() ? filesUnder(entry.name) : [entry.name]))
      .filter((file) => file.endsWith('.md'));
  }
}

/** @param {string} folder */
function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
    (file) => `${folder}/${file.replaceAll('\\', '/')}`,
  );
}

/**
 * @param {string} page
 * @returns {Link[]} inline links and definitions, code left out
 */
function linksOf(page) {
  return linesOutsideCode(page).flatMap(({ text, line }) => {
    const inline = [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
    const definitions = [...text.matchAll(/^\s*\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/g)];
    return [...inline, ...definitions].map(([, target]) => ({ target, line }));
  });
}

/**
 * @param {string} page
 * @returns {{ text: string, line: number }[]}
 */
function linesOutsideCode(page) {
  let fence = '';
  return readFileSync(page, 'utf8')
    .split('\n')
    .flatMap((text, index) => {
      const mark = /^\s*(```|~~~)/.exec(text)?.[1];
      if (mark !== undefined && (fence === '' || fence === mark)) {
        fence = fence === '' ? mark : '';
        return [];
      }
      return fence === '' ? [{ text: text.replace(/`[^`]*`/g, ''), line: index + 1 }] : [];
    });
}

/**
 * @param {string} page
 * @param {Link} link
 * @returns {string[]}
 */
function problemOf(page, { target, line }) {
  if (isElsewhere(target)) return [];
  const { file, anchor } = placeOf(page, target);
  const where = `${page}:${line}: ${target}`;
  if (!existsSync(file)) return [`${where} does not exist`];
  if (anchor === undefined || anchorsOf(file).has(anchor)) return [];
  return [`${where} names a heading that is not there`];
}

/** @param {string} target */
function isElsewhere(target) {
  return /^[a-z][a-z0-9+.-]*:/i.test(target);
}

/**
 * @param {string} page
 * @param {string} target
 * @returns {{ file: string, anchor: string | undefined }}
 */
function placeOf(page, target) {
  const [path = '', anchor] = target.split('#').map(decodeURIComponent);
  const file = path === '' ? page : normalize(path.startsWith('/') ? path.slice(1) : join(dirname(page), path));
  return { file, anchor };
}

/**
 * @param {string} file
 * @returns {Set<string>} as GitHub makes them out of headings; a heading that comes again gets a number
 */
function anchorsOf(file) {
  if (!file.endsWith('.md')) return new Set();
  /** @type {Map<string, number>} */
  const seen = new Map();
  const anchors = readHeadings(file).map((heading) => {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
  return new Set(anchors);
}

/** @param {string} file */
function readHeadings(file) {
  const headings =
    readFileSync(file, 'utf8')
      .replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
      .match(/^#{1,6} .+$/gm) ?? [];
  return headings.map((heading) =>
    heading
      .replace(/^#+ /, '')
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .trim(),
  );
}

/**
 * @param {string} first
 * @returns {Set<string>} pages that can be found from there; a link to a folder leads to its README.md
 */
function reachedFrom(first) {
  const found = new Set([first]);
  for (const page of found) {
    for (const { target } of links.get(page) ?? []) {
      if (isElsewhere(target)) continue;
      const { file } = placeOf(page, target);
      const isFolder = existsSync(file) && statSync(file).isDirectory();
      found.add(isFolder ? join(file, 'README.md') : file);
    }
  }
  return found;
}
