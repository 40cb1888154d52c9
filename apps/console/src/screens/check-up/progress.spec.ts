import type { CheckUpItem } from '@valetkey/owner-contract';
import { progressOf } from './progress.js';

const items = ['a', 'b', 'c'].map((id) => ({ id }) as CheckUpItem);

describe('O12: a round of the check-up', () => {
  it('begins with the first one', () => {
    const { item, ...rest } = progressOf(items, {}, undefined);
    expect([item?.id, rest]).toEqual(['a', { position: 1, count: 3, next: 'b', previous: undefined }]);
  });

  it('the address says which one; one that is not part of the round is none', () => {
    expect(progressOf(items, {}, 'b')).toMatchObject({ item: { id: 'b' }, position: 2, next: 'c', previous: 'a' });
    expect(progressOf(items, { a: 'kept' }, 'gone')).toMatchObject({ item: { id: 'b' } });
  });

  it('goes on with what is not answered, from the beginning again where something was left', () => {
    expect(progressOf(items, { b: 'kept' }, 'a').next).toBe('c');
    expect(progressOf(items, { b: 'kept' }, 'c').next).toBe('a');
    expect(progressOf(items, { a: 'kept', b: 'removed' }, 'c').next).toBeUndefined();
  });

  it('is over when all are answered', () => {
    expect(progressOf(items, { a: 'kept', b: 'removed', c: 'shortened' }, undefined).item).toBeUndefined();
    expect(progressOf([], {}, undefined)).toEqual({
      item: undefined,
      position: 0,
      count: 0,
      next: undefined,
      previous: undefined,
    });
  });
});
