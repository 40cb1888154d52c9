import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const FACTORY = /(^|[\\/])createLucideIcon\.mjs$/;
const LIGHT = fileURLToPath(new URL('../src/parts/light-icon.ts', import.meta.url));

/** Makes icons of lucide by our own few lines: theirs serve wishes that nobody has here, and weigh more than all the icons. */
export function lightIcons(): Plugin {
  return {
    name: 'light-icons',
    enforce: 'pre',
    resolveId: (source, importer) =>
      FACTORY.test(source) && importer?.includes('/lucide-react/') === true ? LIGHT : undefined,
  };
}
