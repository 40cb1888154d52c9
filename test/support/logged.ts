import { setTimeout as wait } from 'node:timers/promises';

const PATIENCE = 60_000;

/**
 * Resolves when the server's log holds the text: a line may come through its pipe a moment after the answer.
 * @param from - where in the log to look
 * @throws Error when it has not come in a minute
 */
export async function logged(server: { log(): string }, text: string, from = 0): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (!server.log().slice(from).includes(text)) {
    if (performance.now() > end) throw new Error(`the log does not say ${text}:\n${server.log().slice(from)}`);
    await wait(20);
  }
}
