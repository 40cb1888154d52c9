import type { ResourceRow, ServiceView } from '@valetkey/owner-contract';

/** What one service keeps. */
export interface ServiceGroup {
  readonly service: ServiceView;
  readonly rows: readonly ResourceRow[];
  /** No further page has more of it. */
  readonly isWhole: boolean;
}

/** What has one label, or none. */
export interface LabelGroup {
  /** `undefined`: without any. */
  readonly label: string | undefined;
  readonly rows: readonly ResourceRow[];
}

/** By label, in the order of the labels, what has none last; a thing with several stands under each of them. */
export function labelGroupsOf(rows: readonly ResourceRow[], language: string): readonly LabelGroup[] {
  const order = new Intl.Collator(language, { sensitivity: 'base', numeric: true });
  const labels = [...new Set(rows.flatMap((row) => row.labels))].sort(order.compare);
  const groups = labels.map((label) => ({ label, rows: rows.filter((row) => row.labels.includes(label)) }));
  const rest = rows.filter((row) => row.labels.length === 0);
  return rest.length === 0 ? groups : [...groups, { label: undefined, rows: rest }];
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
