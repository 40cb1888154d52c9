import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { CHUNKS } from './build/chunks.js';
import { compressedFiles } from './build/compressed-files.js';
import { designTokens } from './build/design-tokens.js';
import { layerOrder } from './build/layer-order.js';
import { lightIcons } from './build/light-icons.js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Two entries, owner and operator; the server writes their documents from the manifest. */
export default defineConfig({
  root: at('.'),
  // Chunks find each other by where they are, so the build serves any issuer path.
  base: './',
  publicDir: false,
  resolve: {
    alias: [
      { find: /^@valetkey\/([^/]+)$/, replacement: at('../../libs/$1/src/index.ts') },
      // For a React that lacks the hook; ours has it.
      { find: /^use-sync-external-store\/shim$/, replacement: 'react' },
      { find: /^use-sync-external-store\/shim\//, replacement: 'use-sync-external-store/' },
    ],
  },
  plugins: [lightIcons(), designTokens(), layerOrder(), compressedFiles()],
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  build: {
    outDir: at('./dist'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    // The policy allows no data: but pictures, and nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    reportCompressedSize: false,
    rolldownOptions: {
      input: [at('./src/owner/main.tsx'), at('./src/operator/main.tsx')],
      // Said by packages that also run on servers.
      onLog: (level, log, report) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : report(level, log)),
      checks: { pluginTimings: false },
      output: { codeSplitting: { groups: CHUNKS } },
    },
  },
});
