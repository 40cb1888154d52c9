import type { OwnedResource } from './kinds.js';
import { bindsOwner, kindsOf, objectsOf } from './kinds.js';

const row = (id: string, service: string, scopes: readonly string[], type?: string) =>
  ({ id, service: { id: service, name: service, state: 'answering' }, scopes, ...(type && { type }) }) as OwnedResource;

const scope = (verb: string, object: string, level: 'see' | 'act' = 'see', published = true) => ({
  ...{ scope: verb, verb, object, level, published },
});

describe('kinds of resources', () => {
  it('are of one service, one type and one set of scopes, in the order of the list', () => {
    const rows = [
      row('a', 'photos', ['view', 'edit']),
      row('b', 'bank', ['view', 'edit']),
      row('c', 'photos', ['edit', 'view']),
      row('d', 'photos', ['view', 'edit'], 'album'),
    ];
    expect(kindsOf(rows).map((kind) => kind.rows.map(({ id }) => id))).toEqual([['a', 'c'], ['b'], ['d']]);
  });

  it('are named by what their scopes are about, each once; what nobody has described names nothing', () => {
    const scopes = [
      scope('see', 'photos'),
      scope('edit', 'photos'),
      scope('x', 'y', 'see', false),
      scope('pay', 'bills'),
    ];
    expect(objectsOf(scopes).map(({ text }) => text)).toEqual(['photos', 'bills']);
  });

  it('bind their owner where a published scope acts in her name', () => {
    expect(bindsOwner([scope('see', 'bills')])).toBe(false);
    expect(bindsOwner([scope('pay', 'bills', 'act', false)])).toBe(false);
    expect(bindsOwner([scope('see', 'bills'), scope('pay', 'bills', 'act')])).toBe(true);
  });
});
