import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

type Manifest = Readonly<Record<string, Chunk>>;

/** Bytes after gzip. */
export interface Weights {
  /** Scripts that an entry's document asks for, by the name of the entry's file in `src`. */
  readonly firstLoad: Readonly<Record<'owner' | 'operator', number>>;
  /** Every script that is loaded later, by its file. */
  readonly later: Readonly<Record<string, number>>;
  /** Styles of the first load together with those of the screen that has most. */
  readonly styles: number;
}

/** What of the first load is the screen itself: without it the first load would not be all that is loaded before it stands. */
const FIRST_SCREENS = { owner: 'src/screens/home/home.screen.tsx', operator: undefined } as const;

/** Weighs a build. @param dist - the folder that has `manifest.json` and `assets` */
export function weightsOf(dist: string): Weights {
  const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as Manifest;
  const weigh = (file: string) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
  const sum = (files: readonly string[]) => files.reduce((total, file) => total + weigh(file), 0);
  const first = (name: 'owner' | 'operator') => {
    const screen = FIRST_SCREENS[name];
    const roots = [`src/${name}/main.tsx`, ...(screen !== undefined && manifest[screen] ? [screen] : [])];
    return [...new Set(roots.flatMap((root) => [...reached(manifest, root)].map((key) => manifest[key]?.file ?? '')))];
  };
  const assets = readdirSync(join(dist, 'assets')).map((name) => `assets/${name}`);
  const cssOf = (roots: readonly string[]) => {
    const keys = new Set(roots.flatMap((root) => [...reached(manifest, root)]));
    return sum([...new Set([...keys].flatMap((key) => manifest[key]?.css ?? []))]);
  };
  const early = new Set([...first('owner'), ...first('operator')]);
  const later = assets.filter((file) => extname(file) === '.js' && !early.has(file));
  return {
    firstLoad: { owner: sum(first('owner')), operator: sum(first('operator')) },
    later: Object.fromEntries(later.map((file) => [file, weigh(file)])),
    styles: Math.max(...Object.keys(manifest).map((key) => cssOf(['src/owner/main.tsx', key]))),
  };
}

/** The chunk and all that it imports at once. */
function reached(manifest: Manifest, key: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(key)) return found;
  found.add(key);
  for (const imported of manifest[key]?.imports ?? []) reached(manifest, imported, found);
  return found;
}
