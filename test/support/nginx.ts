import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { freePort } from './free-port.mjs';

const READY_MS = 10_000;

/** A reverse proxy as operators run it. */
export interface ReverseProxy {
  readonly port: number;
  stop(): Promise<void>;
}

export interface ProxySettings {
  /** Where requests go. */
  readonly target: string;
  /** Address that the proxy connects from, so that a test can tell it from its own. */
  readonly from: string;
  /** Where it listens; a free port if absent. */
  readonly port?: number;
  /** Lines of the `server`, such as its certificate: then it speaks TLS. */
  readonly tls?: readonly string[];
  /** Lines of the `location`, such as the headers it sets. */
  readonly location: readonly string[];
}

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/**
 * Starts nginx in the foreground, in a folder of its own, on a free port of 127.0.0.1.
 * @throws Error saying what to do, if there is no nginx and none can be installed
 */
export async function startNginx(settings: ProxySettings): Promise<ReverseProxy> {
  requireNginx();
  const folder = await mkdtemp(join(tmpdir(), 'valetkey-nginx-'));
  const port = settings.port ?? (await freePort());
  await writeFile(join(folder, 'nginx.conf'), configuration(folder, port, settings));
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  const ended = once(child, 'exit').finally(() => running.delete(child));
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + READY_MS;
  while (!(await accepts(port))) {
    if (child.exitCode === null && Date.now() < deadline) await wait(25);
    else {
      await stop();
      throw new Error(`nginx did not start:\n${output}`);
    }
  }
  return { port, stop };
}

/** One process, no files outside the folder, no access log. */
function configuration(folder: string, port: number, { target, from, location, tls }: ProxySettings): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
    daemon off;
    master_process off;
    pid ${folder}/nginx.pid;
    error_log stderr warn;
    events { worker_connections 256; }
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n      ')}
      server {
        listen 127.0.0.1:${port}${tls ? ' ssl' : ''};
        ${(tls ?? []).join('\n        ')}
        location / {
          proxy_pass ${target};
          proxy_bind ${from};
          ${location.join('\n          ')}
        }
      }
    }`;
}

function requireNginx(): void {
  const isThere = () => spawnSync('nginx', ['-v']).status === 0;
  if (isThere()) return;
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    console.error('nginx is missing: installing it for the tests');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync('apt-get', ['update', '-q'], { stdio: 'ignore', env });
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'nginx'], { stdio: 'ignore', env });
    if (isThere()) return;
  }
  throw new Error('The tests of reverse proxies need nginx. Install it (Debian: apt-get install nginx).');
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
