import type { DemoSettings } from './settings.js';

/** What to do with a running demo, line by line, each command as it must be typed. */
export function tryNext({ shop, typed }: Pick<DemoSettings, 'shop' | 'typed'>): string {
  const commands: [command: string, meaning: string][] = [
    ['npm run demo', 'the whole story, each HTTP exchange shown and explained'],
    ['npm run demo -- sign-in', 'only how bob signs in at the shop, and out again'],
    [
      'npm run demo -- claims',
      'how bob says at the server who he is, sent there by a shop that knows nothing about him',
    ],
    [
      'npm run demo -- requests',
      'what waits for alice, with curl commands to approve it, to approve less, and to deny it',
    ],
    ['npm run demo -- approve', 'alice says yes to all that waits'],
    ['npm run demo -- deny', 'alice says no to all that waits'],
  ];
  const typedCommands = commands.map(([command, meaning]) => ({ command: typed(command), meaning }));
  const width = Math.max(...typedCommands.map(({ command }) => command.length));
  const [story = '', signIn = '', claims = '', ...answers] = typedCommands.map(
    ({ command, meaning }) => `    ${command.padEnd(width)}   ${meaning}`,
  );
  return `  Try next, in another terminal, in this folder:
${story}
${signIn}
${claims}

  Or play it by hand: be bob, sign in at ${shop} and ask for a photo, then answer for alice:
${answers.join('\n')}
`;
}
