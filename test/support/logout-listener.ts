import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

/** What an application heard at its back-channel logout address. */
export interface Heard {
  readonly path: string;
  readonly method: string;
  readonly contentType: string | undefined;
  readonly token: string;
}

const PATIENCE = 15_000;

/** Applications that listen for logout tokens: each path is one, and answers as it was told, else with 200. */
export class LogoutListener {
  readonly heard: Heard[] = [];
  /** Statuses of the next answers at a path. */
  private readonly plans = new Map<string, number[]>();
  private readonly server = createServer((request, response) => {
    void text(request).then((body) => {
      const path = request.url ?? '';
      const token = new URLSearchParams(body).get('logout_token') ?? '';
      this.heard.push({ path, method: request.method ?? '', contentType: request.headers['content-type'], token });
      const status = this.plans.get(path)?.shift() ?? 200;
      response.writeHead(status, status === 302 ? { location: `${this.origin}/redirected` } : {}).end();
    });
  });

  static async open(): Promise<LogoutListener> {
    const listener = new LogoutListener();
    listener.server.listen(0, '127.0.0.1');
    await once(listener.server, 'listening');
    return listener;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  plan(path: string, ...statuses: number[]): void {
    this.plans.set(path, statuses);
  }

  at(path: string): Heard[] {
    return this.heard.filter((one) => one.path === path);
  }

  /** What came at the path, once there are so many. */
  async wait(path: string, count = 1): Promise<Heard[]> {
    for (const end = performance.now() + PATIENCE; performance.now() < end; await wait(20))
      if (this.at(path).length >= count) return this.at(path);
    throw new Error(`${path} heard ${this.at(path).length} times, not ${count}`);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
