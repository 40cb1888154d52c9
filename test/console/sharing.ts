import type { Locator, Page } from 'playwright-core';

/** The button that shares a resource on the home screen, or on its own. */
export function shareButton(page: Page, name: string): Locator {
  return page.getByRole('button', { name: `Share ${name}` });
}

/** Opens the share dialog; its search has the focus then. */
export async function openShare(page: Page, name: string): Promise<void> {
  await shareButton(page, name).click();
  await page.locator('#share-who:focus').waitFor();
}

/** Types into the search of the share dialog, as soon as it has the focus; the answer is there afterwards. */
export async function typeWho(page: Page, words: string): Promise<void> {
  await page.locator('#share-who:focus').waitFor();
  await page.keyboard.type(words);
  await page
    .locator('[role=dialog] [role=status]')
    .getByText(/found|Nobody/)
    .waitFor();
}
