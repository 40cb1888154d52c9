import type { Page } from 'playwright-core';

/** Scopes that the worlds of the tests register, as they are called on the wire. */
const SCOPES = /(?<![\w-])(?:view|print|photos\.(?:read|write)|others\.read|openid)(?![\w-])/g;
/** Codes, kinds and reasons as the wire has them: `request_denied`, `never_used`. */
const CODES = /(?<![\w-])[a-z]+(?:_[a-z]+)+(?![\w-])/g;
/** Handles such as `account:alice`, and keys of the database. */
const IDS =
  /(?<!\w)(?:account|client|share|grant|subject|group|policy):[\w-]+|(?<![\w-])(?=\S*\d)[0-9a-z]{20,}(?![\w-])/g;

/**
 * What no owner should have to read (G16): names of scopes, ids and codes in anything that is shown, outside of "Technical details" and
 * of what people wrote themselves, which stands in `bdi`.
 */
export async function rawWords(page: Page): Promise<readonly string[]> {
  const shown = await page.evaluate<string>(SHOWN);
  return [SCOPES, CODES, IDS].flatMap((kind) => [...shown.matchAll(kind)].map(([word]) => word));
}

const SHOWN = `(() => {
  const texts = [...document.querySelectorAll('[placeholder], [title]')].flatMap((one) => [one.placeholder, one.title]);
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const around = nodes.currentNode.parentElement;
    const isWords = !around.closest('script, style, noscript, bdi, option, textarea, [data-technical]');
    if (isWords && around.checkVisibility()) texts.push(nodes.currentNode.textContent);
  }
  return texts.join('\\n');
})()`;
