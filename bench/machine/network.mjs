/** HTTP and port tools of the bench: many requests over few kept connections, and waiting for a server. */
import http from 'node:http';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });

/** @returns {Promise<number>} a port nobody listens on now */
export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
  probe.close();
  await once(probe, 'close');
  return port;
}

/**
 * Waits until an attempt succeeds.
 * @param {() => Promise<unknown>} attempt
 * @param {{ what: string, child: import('node:child_process').ChildProcess & { tail?: () => string }, seconds?: number, everyMs?: number }} options
 * @throws {Error} with the output of the process, when it ends or the time is over
 */
export async function until(attempt, { what, child, seconds = 60, everyMs = 20 }) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (fault) {
      const ended = child.exitCode !== null || child.signalCode !== null;
      if (ended || Date.now() > deadline) throw new Error(`${what} did not come up: ${child.tail?.() ?? fault}`);
      await pause(everyMs);
    }
  }
}

/**
 * @typedef {object} HttpRequest
 * @property {string} [method] POST when left out
 * @property {Record<string, string>} [headers]
 * @property {Record<string, string> | string} [form] a form body
 * @property {unknown} [json] a JSON body
 */

/** @param {HttpRequest} request */
function encoded({ form, json, headers = {} }) {
  if (json !== undefined)
    return { body: JSON.stringify(json), headers: { 'content-type': 'application/json', ...headers } };
  const body = typeof form === 'string' ? form : new URLSearchParams(form).toString();
  return {
    body,
    headers: form === undefined ? headers : { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  };
}

/**
 * One HTTP exchange.
 * @param {string} url
 * @param {HttpRequest} [request]
 * @returns {Promise<{ status: number, body: any, text: string }>} body is undefined when the answer is no JSON
 */
export function exchange(url, request = {}) {
  const { body, headers } = encoded(request);
  return new Promise((resolve, reject) => {
    const outgoing = http.request(
      url,
      {
        agent,
        method: request.method ?? 'POST',
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk) => (text += chunk));
        incoming.on('error', reject);
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text, body: parsed(text) }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * An exchange that has to succeed.
 * @param {string} url
 * @param {HttpRequest} [request]
 * @throws {Error} with the answer when its status is not 2xx
 */
export async function succeed(url, request) {
  const answer = await exchange(url, request);
  if (answer.status < 200 || answer.status > 299)
    throw new Error(`${url} answered ${answer.status}: ${answer.text.slice(0, 400)}`);
  return answer.body;
}

/**
 * Does a job many times, 32 at once.
 * @template T
 * @param {number} count
 * @param {(index: number) => Promise<T>} job
 * @returns {Promise<T[]>} in order
 */
export async function many(count, job) {
  /** @type {T[]} */
  const results = new Array(count);
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next++;
      results[index] = await job(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(32, count) }, worker));
  return results;
}

/**
 * The Authorization header of a client.
 * @param {string} clientId
 * @param {string} secret
 */
export function basic(clientId, secret) {
  return `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`;
}
