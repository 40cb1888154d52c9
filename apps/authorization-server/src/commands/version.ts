import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const packageSchema = z.object({ name: z.literal('valetkey'), version: z.string() });

/** The version of this program, from the package it is part of. @throws Error when it was taken out of its package */
export function programVersion(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    const found = existsSync(file) ? packageSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data : undefined;
    if (found) return found.version;
  }
  throw new Error('the package.json of this program is missing');
}
