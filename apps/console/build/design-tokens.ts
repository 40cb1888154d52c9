import type { Plugin } from 'vite';
import { tokenStyles } from '../../../libs/design-tokens/src/index.js';

const ASKED = 'virtual:design-tokens.css';
const RESOLVED = '\0virtual:design-tokens.css';

/** Makes `import 'virtual:design-tokens.css'` the custom properties that the script-free pages have, too. */
export function designTokens(): Plugin {
  return {
    name: 'design-tokens',
    resolveId: (id) => (id === ASKED ? RESOLVED : undefined),
    load: (id) => (id === RESOLVED ? `@layer tokens{${tokenStyles()}}` : undefined),
  };
}
