import type { AccessRow } from '@valetkey/owner-contract';
import { useState } from 'react';

interface Held {
  readonly row: AccessRow;
  readonly at: number;
}

/**
 * The rows of a list, and among them the one whose form is open: when news take it out of the list it stays where it stood until the form
 * is closed, so that what became of it is said there.
 * @param id - of the row that is being changed
 */
export function useHeldRow(rows: readonly AccessRow[], id: string | undefined): readonly AccessRow[] {
  const [held, setHeld] = useState<Held>();
  const at = rows.findIndex((row) => row.id === id);
  const row = rows[at];
  if (row && (held?.row !== row || held.at !== at)) setHeld({ row, at });
  if (!held || held.row.id !== id || row) return rows;
  return [...rows.slice(0, held.at), held.row, ...rows.slice(held.at)];
}
