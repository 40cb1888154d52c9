import { readFileSync } from 'node:fs';
import type { DemoSettings } from '../settings.js';

const TEMPLATE = 'apps/demo/valetkey.demo.yaml';

/** What somebody reads who opens the file, perhaps to change it. */
const HEADER = `# The configuration of the demo's authorization server.
#
# MADE BY \`npm start\`, AND WRITTEN ANEW AT EVERY START: what you change here is lost.
# To change the demo, change ${TEMPLATE} and start it again.
# For a server of your own, begin with docs/valetkey.example.yaml; docs/settings.md explains every setting.

`;

/**
 * The configuration of the demo's server: the template with the addresses filled in, under a comment that says what it
 * is. The template's own comment on top, which speaks of the template, is left out.
 */
export function filledIn(settings: DemoSettings): string {
  const values: Record<string, string> = {
    server: settings.server,
    server_port: String(settings.ports.server),
    photos: settings.photos,
    shop: settings.shop,
    partner: settings.partner,
  };
  const template = readFileSync(TEMPLATE, 'utf8').replace(/^(#.*\n)+/, '');
  return HEADER + template.replace(/<(\w+)>/g, (placeholder, name: string) => values[name] ?? placeholder);
}
