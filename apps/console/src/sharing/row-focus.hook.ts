import type { RefObject } from 'react';
import { useLayoutEffect, useRef } from 'react';

/** Marks a row of a list, and in it what takes the focus when the row before it is gone. */
export const ROW = { 'data-row': '' };
export const ROW_HEADING = { 'data-row-heading': '', tabIndex: -1 };

/**
 * For a row: when it goes away with the focus in it, whoever took it away, the heading of the next row that is there gets the focus, or the
 * screen's heading. A focus that is elsewhere by then stays there.
 */
export function useRowFocus<Row extends HTMLElement>(): RefObject<Row | null> {
  const ref = useRef<Row>(null);
  useLayoutEffect(() => {
    const row = ref.current;
    return () => {
      if (!row?.contains(document.activeElement)) return;
      const after = rowsAfter(row);
      // What else goes away at the same time is known when all of it is gone.
      queueMicrotask(() => {
        if (row.isConnected || document.activeElement !== document.body) return;
        focusFirst(after);
      });
    };
  }, []);
  return ref;
}

/** Gives the focus to the row after this one, which stays where it is. A focus that is elsewhere by now stays there. */
export function focusNextRow(row: Element | null): void {
  const active = document.activeElement;
  if (!row || (active !== null && active !== document.body && !row.contains(active))) return;
  focusFirst(rowsAfter(row));
}

function rowsAfter(row: Element): readonly Element[] {
  const rows = [...document.querySelectorAll('[data-row]')];
  return rows.slice(rows.indexOf(row) + 1);
}

/** Of a list that is folded away nothing can have it. */
function focusFirst(rows: readonly Element[]): void {
  const next = rows.find((row) => row.isConnected && row.checkVisibility());
  (next?.querySelector<HTMLElement>('[data-row-heading]') ?? document.querySelector('h1'))?.focus();
}
