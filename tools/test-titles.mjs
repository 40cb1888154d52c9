import { existsSync, readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

const FOLDERS = ['apps', 'libs', 'test'];
const TEST_FILE = /\.(spec|contract|e2e-spec)\.ts$/;
const DECLARATIONS = new Set(['describe', 'it', 'test', 'describeServer', 'describeEngines']);
const NOT_RUN = new Set(['skip', 'todo']);

/** @typedef {{ title: string, file: string }} TestTitle */

/** @returns {TestTitle[]} the titles of all tests and suites that are run, by file and place */
export function readTestTitles() {
  const files = FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  );
  return files
    .filter((file) => TEST_FILE.test(file))
    .sort()
    .flatMap(titlesIn);
}

/**
 * @param {string} file
 * @returns {TestTitle[]}
 */
function titlesIn(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  /** @type {TestTitle[]} */
  const titles = [];
  const visit = (/** @type {ts.Node} */ node) => {
    const title = ts.isCallExpression(node) && isDeclaration(node.expression) ? textOf(node.arguments[0]) : undefined;
    if (title !== undefined) titles.push({ title, file });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return titles;
}

/**
 * `it`, `it.only`, `it.each(rows)`, but not `it.skip` or `it.todo`.
 * @param {ts.Expression} callee
 * @returns {boolean}
 */
function isDeclaration(callee) {
  if (ts.isIdentifier(callee)) return DECLARATIONS.has(callee.text);
  if (ts.isPropertyAccessExpression(callee)) return !NOT_RUN.has(callee.name.text) && isDeclaration(callee.expression);
  if (ts.isCallExpression(callee)) return isDeclaration(callee.expression);
  return ts.isTaggedTemplateExpression(callee) && isDeclaration(callee.tag);
}

/**
 * @param {ts.Node | undefined} node
 * @returns {string | undefined} what is written there, `…` where something is filled in; nothing if it is no text
 */
function textOf(node) {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join('');
}
