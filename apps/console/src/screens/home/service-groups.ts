import type { ResourceRow, ServiceView } from '@valetkey/owner-contract';

/** What one service keeps. */
export interface ServiceGroup {
  readonly service: ServiceView;
  readonly rows: readonly ResourceRow[];
  /** No further page has more of it. */
  readonly isWhole: boolean;
}

/** By service, in the order of the list, which has each service in one piece. */
export function groupsOf(rows: readonly ResourceRow[], hasMore: boolean): readonly ServiceGroup[] {
  const groups = new Map<string, { service: ServiceView; rows: ResourceRow[] }>();
  for (const row of rows) {
    const known = groups.get(row.service.id);
    if (known) known.rows.push(row);
    else groups.set(row.service.id, { service: row.service, rows: [row] });
  }
  const all = [...groups.values()];
  return all.map((group, index) => ({ ...group, isWhole: !hasMore || index < all.length - 1 }));
}
