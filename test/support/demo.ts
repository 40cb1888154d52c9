import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { FormBrowser, type Shown } from './form-browser.js';
import { freePort } from './free-port.mjs';

export const START = resolve('apps/demo/start.mjs');
export const STORY = resolve('apps/demo/story.mjs');

/** A program of the demo under observation. */
export interface Observed {
  process: ChildProcess;
  output: () => string;
}

export interface Ended {
  code: number | null;
  output: string;
}

/** Where a demo runs: the first of its four ports, and its folder. */
export interface DemoPlace {
  port: number;
  data: string;
}

export function passwordOf({ data }: DemoPlace, username: string): string {
  return readFileSync(join(data, 'secrets', `password-${username}`), 'utf8').trim();
}

/** Somebody who signs in at the print shop with a browser, and allows it when asked. @returns the browser and the shop's page */
export async function signedIn(place: DemoPlace, username: string): Promise<{ browser: FormBrowser; page: Shown }> {
  const [server, shop] = [`http://127.0.0.1:${place.port}`, `http://127.0.0.1:${place.port + 2}`];
  const browser = new FormBrowser(server, shop);
  const signIn = await browser.submit(await browser.open(`${shop}/`), {});
  const next = await browser.submit(signIn, { username, password: passwordOf(place, username) });
  const page = next.text.includes('value="allow"') ? await browser.submit(next, { decision: 'allow' }) : next;
  if (page.url !== `${shop}/`) throw new Error(`${username} is not signed in:\n${page.text}`);
  return { browser, page };
}

export function observed(args: string[], env: NodeJS.ProcessEnv): Observed {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { process: child, output: () => output };
}

export async function ended({ process: child, output }: Observed): Promise<Ended> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  return { code: child.exitCode, output: output() };
}

export async function stop(demo: Observed | undefined): Promise<Ended> {
  if (!demo) throw new Error('The demo is not running');
  demo.process.kill('SIGTERM');
  return ended(demo);
}

/** Waits until a program has written `text`; fails with all that it wrote if it ends before. */
export async function said(demo: Observed, text: string): Promise<void> {
  while (!demo.output().includes(text)) {
    if (demo.process.exitCode !== null) throw new Error(`It ended before it said "${text}":\n${demo.output()}`);
    await wait(100);
  }
}

export async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 900; tries += 1) {
    if (await condition()) return;
    await wait(100);
  }
  throw new Error('It did not happen within 90 s');
}

export function fourFreePorts(): Promise<number> {
  return freePort(4);
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
