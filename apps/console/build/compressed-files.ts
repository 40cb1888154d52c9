import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const KINDS = ['.js', '.css', '.svg'];
/** Smaller ones fit a packet either way. */
const LEAST_BYTES = 600;

/** Puts a `.br` and a `.gz` beside every script and style, so that the server compresses nothing while it answers. */
export function compressedFiles(): Plugin {
  return {
    name: 'compressed-files',
    apply: 'build',
    writeBundle: ({ dir }) => {
      if (dir === undefined) throw new Error('the build has no folder');
      const assets = join(dir, 'assets');
      for (const name of readdirSync(assets).filter((one) => KINDS.includes(extname(one)))) {
        const content = readFileSync(join(assets, name));
        if (content.length < LEAST_BYTES) continue;
        const parameters = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
        writeFileSync(join(assets, `${name}.br`), brotliCompressSync(content, parameters));
        writeFileSync(join(assets, `${name}.gz`), gzipSync(content, { level: 9 }));
      }
    },
  };
}
