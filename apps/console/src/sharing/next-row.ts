/** Marks a row of a list, and in it what takes the focus when the row before it is gone. */
export const ROW = { 'data-row': '' };
export const ROW_HEADING = { 'data-row-heading': '', tabIndex: -1 };

/**
 * Gives the focus to the heading of the row after the one that `inside` is in, or to the screen's heading: before that row goes away.
 * A focus that is elsewhere by now stays there.
 */
export function focusNextRow(inside: Element | null): void {
  const row = inside?.closest('[data-row]');
  const active = document.activeElement;
  if (!row || (active !== null && active !== document.body && !row.contains(active))) return;
  const rows = [...document.querySelectorAll('[data-row]')];
  const next = rows[rows.indexOf(row) + 1]?.querySelector<HTMLElement>('[data-row-heading]');
  (next ?? document.querySelector('h1'))?.focus();
}
