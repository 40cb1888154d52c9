import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** A text of a message module between quotes; backquoted ones have gaps. */
const TEXT = /'((?:[^'\\\n]|\\.)+)'|`([^`]+)`/g;
const GAP = /\$\{(?:[^{}]|\{[^{}]*\})*\}/;
/** Names of the protocols and addresses have no space. */
const WORDS = /\p{L}{2,}[^\p{L}]*\s[^\p{L}]*\p{L}{2,}/u;

/** What the message modules of the console, and the wording, have in English and not in German too. */
interface English {
  /** Pieces of several words, wherever they stand. */
  readonly pieces: readonly string[];
  /** Single words, which count where they stand alone: "Name" in a sentence is German as well. */
  readonly words: ReadonlySet<string>;
}

/** Of the owner's console, or of the operator's with what both have. Read as text: tests import nothing of what they test. */
export function englishTexts(whose: 'owner' | 'operator' = 'owner'): English {
  const consoleFolder = join(process.cwd(), 'apps/console/src');
  const modules = readdirSync(consoleFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.messages.ts') && (whose === 'operator' || !name.startsWith('operator')))
    .map((name) => readFileSync(join(consoleFolder, name), 'utf8').split(/^ {2}de: \{/m));
  const wording = ['en', 'de'].map((language) =>
    readFileSync(join(process.cwd(), `libs/wording/src/messages/${language}.ts`), 'utf8'),
  );
  const [english, german] = [0, 1].map(
    (side) => new Set([...modules, wording].flatMap((both) => piecesOf(both[side] ?? ''))),
  ) as [Set<string>, Set<string>];
  const only = [...english].filter((piece) => !german.has(piece));
  const isWords = (piece: string) => WORDS.test(piece);
  return {
    pieces: only.filter(isWords),
    words: new Set(only.filter((piece) => !isWords(piece) && /^\p{Lu}\p{L}+$/u.test(piece))),
  };
}

function piecesOf(source: string): string[] {
  const code = source.replace(/^\s*(?:import|\*|\/\*\*|\/\/).*$/gm, '');
  const texts = [...code.matchAll(TEXT)].flatMap(
    ([, quoted, open]) => quoted?.replaceAll("\\'", "'") ?? open?.split(GAP) ?? [],
  );
  return texts.map((text) => text.trim()).filter((text) => text.length > 3);
}

/** What a page shows or says in English; people's own words, which stand in `bdi`, and what is technical are left out. */
export async function englishOn(page: Page, { pieces, words }: English): Promise<readonly string[]> {
  const shown = await page.evaluate<string[]>(SHOWN);
  return shown.filter((text) => words.has(text) || pieces.some((piece) => text.includes(piece)));
}

const SHOWN = `(() => {
  const names = ['aria-label', 'placeholder', 'title', 'alt', 'aria-description'];
  const texts = [document.title];
  for (const one of document.querySelectorAll('body *'))
    if (one.checkVisibility()) for (const name of names) texts.push(one.getAttribute(name) ?? '');
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const around = nodes.currentNode.parentElement;
    const isOurs = !around.closest('script, style, noscript, bdi, textarea, [data-technical], [lang=en]:not(html)');
    if (isOurs && around.checkVisibility()) texts.push(nodes.currentNode.textContent);
  }
  return texts.map((text) => text.trim()).filter((text) => text !== '');
})()`;
