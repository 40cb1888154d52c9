import { join } from 'node:path';
import { weightsOf } from './weights.js';

const KB = 1_000;

describe('G10 the consoles as they were built', () => {
  const { firstLoad, later, styles } = weightsOf(join(process.cwd(), 'apps/console/dist'));

  it('an owner loads at most 130 kB of scripts before her first screen stands', () => {
    expect(firstLoad.owner).toBeGreaterThan(60 * KB);
    expect(firstLoad.owner).toBeLessThanOrEqual(130 * KB);
  });

  it('an operator at most 160 kB', () => {
    expect(firstLoad.operator).toBeGreaterThan(60 * KB);
    expect(firstLoad.operator).toBeLessThanOrEqual(160 * KB);
  });

  it('nothing that is loaded later has more than 45 kB', () => {
    expect(Object.keys(later).length).toBeGreaterThan(10);
    expect(Object.entries(later).filter(([, bytes]) => bytes > 45 * KB)).toEqual([]);
  });

  it('no screen has more than 12 kB of styles, with those of the shell', () => {
    expect(styles).toBeGreaterThan(3 * KB);
    expect(styles).toBeLessThanOrEqual(12 * KB);
  });
});
