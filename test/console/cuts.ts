import type { Page } from 'playwright-core';

/** Narrower than this, words of a row's heading break into letters. */
const NARROWEST = 140;

/** What cannot be read as it stands: ways of a navigation that are cut at an edge, and headings of rows that break into letters. */
export function cutAway(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(`(() => {
    const boxOf = (one) => one.getBoundingClientRect();
    const isCut = (link) => {
      const { left, right } = boxOf(link);
      if (left < 0 || right > document.documentElement.clientWidth) return true;
      for (let one = link.parentElement; one; one = one.parentElement) {
        if (getComputedStyle(one).overflowX === 'visible') continue;
        if (left < boxOf(one).left - 1 || right > boxOf(one).right + 1) return true;
      }
      return false;
    };
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
    return [
      ...shown('nav a').filter(isCut),
      ...shown('th[scope=row]').filter((one) => boxOf(one).width < ${NARROWEST}),
    ].map((one) => one.textContent.trim());
  })()`);
}
