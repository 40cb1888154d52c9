import type { AccessRow, ResourceName, SubjectView } from '@valetkey/owner-contract';

/** Rows of one holder, or on one resource, in the order of the list. */
export interface AccessGroup {
  readonly key: string;
  readonly rows: readonly AccessRow[];
  /** By holder. */
  readonly holder?: SubjectView;
  /** By resource; neither for what is about the owner herself. */
  readonly resource?: ResourceName;
}

export interface AccessSection {
  readonly kind: 'people' | 'applications' | 'groups' | 'resources' | 'about_you';
  readonly groups: readonly AccessGroup[];
}

/** People first, then applications, then groups; each holder once. */
export function byHolder(rows: readonly AccessRow[]): AccessSection[] {
  const groups = grouped(rows, ({ holder }) => ({ key: holder.id, holder }));
  const of = (kind: AccessSection['kind'], isIt: (holder?: SubjectView) => boolean): AccessSection => ({
    kind,
    groups: groups.filter(({ holder }) => isIt(holder)),
  });
  return filled([
    of('people', (holder) => holder?.kind === 'person'),
    of('applications', (holder) => holder?.kind === 'application' || holder?.kind === 'service'),
    of('groups', (holder) => holder?.kind === 'group'),
  ]);
}

/** Each resource once; what is about the owner herself last. */
export function byResource(rows: readonly AccessRow[]): AccessSection[] {
  const groups = grouped(rows, ({ resources: [resource] }) =>
    resource ? { key: resource.id, resource } : { key: 'about you' },
  );
  return filled([
    { kind: 'resources', groups: groups.filter(({ resource }) => resource !== undefined) },
    { kind: 'about_you', groups: groups.filter(({ resource }) => resource === undefined) },
  ]);
}

function grouped(
  rows: readonly AccessRow[],
  headOf: (row: AccessRow) => Omit<AccessGroup, 'rows'>,
): readonly AccessGroup[] {
  const groups = new Map<string, AccessGroup>();
  for (const row of rows) {
    const head = headOf(row);
    groups.set(head.key, { ...head, rows: [...(groups.get(head.key)?.rows ?? []), row] });
  }
  return [...groups.values()];
}

function filled(sections: readonly AccessSection[]): AccessSection[] {
  return sections.filter(({ groups }) => groups.length > 0);
}
