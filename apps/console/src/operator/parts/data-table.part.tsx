import type { ReactNode } from 'react';
import styles from './data-table.module.css';

interface DataTableProps {
  /** What the table lists: its caption, and the name of the part of the screen that scrolls where it is wider. */
  readonly caption: string;
  /** Headings of the columns. */
  readonly columns: readonly string[];
  /** Rows: `tr` with a `th scope="row"` first. */
  readonly children: ReactNode;
}

/** A dense table: where the screen is narrower it scrolls by itself, also by keyboard, and nothing else moves. */
export function DataTable({ caption, columns, children }: DataTableProps) {
  return (
    <div className={styles.frame} role="region" aria-label={caption} tabIndex={0}>
      <table className={styles.table}>
        <caption className={styles.caption}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
