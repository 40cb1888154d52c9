import type { Page } from 'playwright-core';

/**
 * What is pressed and is lower or narrower than 24 px, and buttons and fields lower than 44 px (G14); a plain button reads as a link.
 * Links within a sentence are as high as its line (WCAG 2.5.8 lets them be); a box or dot with a label is pressed by the label, too.
 */
export function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate(`[...document.querySelectorAll('a[href], button, summary, select, textarea, input:not([type=hidden])')]
    .filter((one) => one.checkVisibility() && !one.closest('.unseen, [aria-hidden=true], [inert]'))
    .filter((one) => !one.matches('a') || one.parentElement.innerText.trim() === one.innerText.trim())
    .map((one) => {
      const isTick = one.matches('[type=checkbox], [type=radio]');
      const { width, height } = ((isTick && one.closest('label')) || one).getBoundingClientRect();
      const least = isTick || one.matches('a, summary, [class*=plain]') ? 24 : 44;
      const isSmall = width > 0 && (Math.round(height) < least || Math.round(width) < 24);
      return isSmall ? Math.round(width) + ' × ' + Math.round(height) + ': ' + one.outerHTML.slice(0, 160) : '';
    }).filter(Boolean)`);
}
