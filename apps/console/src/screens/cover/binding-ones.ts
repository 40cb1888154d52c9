import { bindsOwner } from '../../resource-choice/kinds.js';
import type { OwnedResources } from '../../resource-choice/owned-resources.hook.js';
import type { Chosen } from '../../resource-choice/resource-choice.part.js';
import { MOST_RESOURCES } from './cover-draft.js';

/** What is chosen before she chooses: what may bind her, such as approvals, since that cannot wait until she is back. */
export function bindingOnes({ kinds, scopesOf }: Pick<OwnedResources, 'kinds' | 'scopesOf'>): Chosen {
  const binding = kinds.filter((kind) => bindsOwner(scopesOf(kind) ?? []));
  const rows = binding.flatMap(({ key, rows: alike }) =>
    alike.map(({ id, name }) => [id, { name, kind: key }] as const),
  );
  return Object.fromEntries(rows.slice(0, MOST_RESOURCES));
}
