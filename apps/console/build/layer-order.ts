import type { Plugin } from 'vite';

const ORDER = '@layer tokens,base,parts,screens;';

/** Every style file says the order of the layers, because the first one that a browser reads decides it, and any may be the first. */
export function layerOrder(): Plugin {
  return {
    name: 'layer-order',
    apply: 'build',
    enforce: 'post',
    generateBundle: (_options, bundle) => {
      for (const file of Object.values(bundle))
        if (file.type === 'asset' && file.fileName.endsWith('.css')) file.source = ORDER + String(file.source);
    },
  };
}
