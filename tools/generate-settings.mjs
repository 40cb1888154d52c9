// Writes docs/settings.md and docs/valetkey.schema.json from the schemas of the built server (`nest build` first).
// With --check it writes nothing and fails when one of them is not what the schemas say.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BUILT = new URL('../dist/apps/authorization-server/src/config/settings-reference.js', import.meta.url);
const isCheck = process.argv.includes('--check');

const { renderSettingsDocuments } = await import(BUILT).catch((error) => {
  console.error(`cannot load ${fileURLToPath(BUILT)}: build the server first (${error.code ?? error.message})`);
  process.exit(2);
});

function current(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

const stale = Object.entries(renderSettingsDocuments())
  .map(([name, text]) => ({ name, text, file: new URL(`../docs/${name}`, import.meta.url) }))
  .filter(({ file, text }) => current(file) !== text);

for (const { name, text, file } of stale) {
  if (!isCheck) writeFileSync(file, text);
  console.log(isCheck ? `docs/${name} is stale: run node tools/generate-settings.mjs` : `docs/${name} written`);
}
process.exitCode = isCheck && stale.length > 0 ? 1 : 0;
