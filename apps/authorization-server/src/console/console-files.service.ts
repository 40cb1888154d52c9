import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { ConsoleName } from './console-address.js';

/** A file of the build, as it is and compressed where that is smaller. */
export interface StoredFile {
  readonly mediaType: string;
  readonly plain: Buffer;
  readonly brotli?: Buffer;
  readonly gzip?: Buffer;
}

/** What a console's document names: paths below `/console/`. */
export interface ConsoleEntry {
  readonly script: string;
  /** Modules that the script imports, so that the browser asks for all of them at once. */
  readonly modules: readonly string[];
  readonly styles: readonly string[];
}

const chunk = z.object({
  file: z.string(),
  isEntry: z.boolean().optional(),
  imports: z.array(z.string()).optional(),
  css: z.array(z.string()).optional(),
});
const manifestSchema = z.record(z.string(), chunk);
type Manifest = z.infer<typeof manifestSchema>;

const ENTRIES: Readonly<Record<ConsoleName, string>> = {
  console: 'src/owner/main.tsx',
  operator: 'src/operator/main.tsx',
};
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The built consoles, read once: a few hundred kilobytes, whose names change with their content. */
@Injectable()
export class ConsoleFiles {
  private readonly assets: ReadonlyMap<string, StoredFile>;
  private readonly entries: Partial<Record<ConsoleName, ConsoleEntry>>;

  constructor() {
    const folder = buildFolder();
    this.assets = folder === undefined ? new Map<string, StoredFile>() : readAssets(join(folder, 'assets'));
    this.entries = folder === undefined ? {} : readEntries(folder);
  }

  /** `undefined` when the consoles were not built with this server. */
  entry(name: ConsoleName): ConsoleEntry | undefined {
    return this.entries[name];
  }

  /** A file by its name; `undefined` when there is none. */
  asset(name: string): StoredFile | undefined {
    return this.assets.get(name);
  }
}

/** `apps/console/dist` of the package that this program is part of. */
function buildFolder(): string | undefined {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const build = join(folder, 'apps', 'console', 'dist');
    if (existsSync(join(folder, 'package.json')) && existsSync(join(build, 'manifest.json'))) return build;
  }
  return undefined;
}

function readAssets(folder: string): ReadonlyMap<string, StoredFile> {
  const names = readdirSync(folder);
  const read = (name: string) => (names.includes(name) ? readFileSync(join(folder, name)) : undefined);
  const files = new Map<string, StoredFile>();
  for (const name of names) {
    const mediaType = MEDIA_TYPES[extname(name)];
    if (mediaType === undefined) continue;
    const [brotli, gzip] = [read(`${name}.br`), read(`${name}.gz`)];
    files.set(name, {
      mediaType,
      plain: readFileSync(join(folder, name)),
      ...(brotli && { brotli }),
      ...(gzip && { gzip }),
    });
  }
  return files;
}

function readEntries(folder: string): Partial<Record<ConsoleName, ConsoleEntry>> {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  const entries = Object.entries(ENTRIES).map(([name, source]) => [name, entryOf(manifest, source)]);
  return Object.fromEntries(entries) as Partial<Record<ConsoleName, ConsoleEntry>>;
}

function entryOf(manifest: Manifest, source: string): ConsoleEntry | undefined {
  const entry = manifest[source];
  if (!entry?.isEntry) return undefined;
  const seen = new Set<string>();
  const visit = (key: string): void => {
    if (seen.has(key)) return;
    seen.add(key);
    manifest[key]?.imports?.forEach(visit);
  };
  visit(source);
  const chunks = [...seen].flatMap((key) => manifest[key] ?? []);
  return {
    script: entry.file,
    modules: chunks.map(({ file }) => file).filter((file) => file !== entry.file),
    styles: [...new Set(chunks.flatMap(({ css = [] }) => css))],
  };
}
