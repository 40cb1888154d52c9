// `npm run demo`: tells the story of the running demo, or answers for alice. Built by `npm start`.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

const STORY = new URL('../../dist/apps/demo/src/story/main.js', import.meta.url);
if (!existsSync(STORY)) {
  console.error(
    '\n  ✗ Nothing is built yet. Start the demo in another terminal, in this folder:\n        npm start\n' +
      '    When that says “Valetkey demo is running”, come back here:\n        npm run demo',
  );
  process.exit(1);
}
await import(STORY.href);
