import type { AccessRow, ActivityRow, ResourceRow, SubjectView } from '@valetkey/owner-contract';
import { itemsOf, usePages } from '../../api/pages.hook.js';

export interface Choice {
  readonly id: string;
  readonly name: string;
}

/** Whom and what one may narrow the activity to: who holds access, what is hers, and whoever the lines that are shown speak of. */
export function useChoices(rows: readonly ActivityRow[]) {
  const access = itemsOf(usePages<AccessRow>('access', { by: 'holder' })) ?? [];
  const owned = itemsOf(usePages<ResourceRow>('resources')) ?? [];
  const subjects = [...access, ...rows].flatMap(({ holder, through }) => [holder, through]);
  const named = subjects.filter((one): one is SubjectView => one !== undefined);
  return {
    people: choicesOf(named.filter(({ kind }) => kind === 'person' || kind === 'group')),
    applications: choicesOf(named.filter(({ kind }) => kind === 'application')),
    resources: choicesOf([...owned, ...rows.flatMap(({ resources }) => resources)]),
  };
}

function choicesOf(named: readonly Choice[]): readonly Choice[] {
  const byId = new Map(named.map(({ id, name }) => [id, { id, name }]));
  return [...byId.values()].sort((one, other) => one.name.localeCompare(other.name));
}
