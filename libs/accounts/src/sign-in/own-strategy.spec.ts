import { ownStrategy } from './own-strategy.js';

describe('a passport strategy of ours', () => {
  const isEven = (outcome: number | undefined) => outcome !== undefined && outcome % 2 === 0;

  it.each([2, 3, undefined])('ends with the outcome of the decision, accepted or not: %o', async (outcome) => {
    const authenticate = ownStrategy('own', ({ said }: { said: number | undefined }) => Promise.resolve(said), isEven);
    expect(await authenticate({ said: outcome })).toBe(outcome);
  });

  it('keeps attempts at the same time apart', async () => {
    const waiting: ((outcome: number) => void)[] = [];
    const decide = () => new Promise<number>((resolve) => waiting.push(resolve));
    const authenticate = ownStrategy('own', decide, isEven);
    const both = [authenticate({}), authenticate({})];
    waiting[1]?.(1);
    waiting[0]?.(2);
    expect(await Promise.all(both)).toEqual([2, 1]);
  });

  it('throws what the decision throws', async () => {
    const broken = new Error('no database');
    await expect(ownStrategy('own', () => Promise.reject(broken), isEven)({})).rejects.toBe(broken);
  });
});
