import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request as httpRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

import { brokenRules } from './general-rules.js';

/** Bytes of a body sent at a time. */
const PIECE = 64 * 1024;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON; throws with the whole answer when it is none. */
  json<T = Record<string, unknown>>(): T;
}

/** Form parameters: a list where one name comes more than once; `undefined` leaves a parameter out. */
export type Form = Readonly<Record<string, string | undefined>> | readonly (readonly [string, string])[];

export interface Options {
  /** Names and values; a list `[name, value, name, value…]` sends one header twice. */
  readonly headers?: Readonly<Record<string, string>> | readonly string[];
  /** Value of a bearer token. */
  readonly bearer?: string;
  /** Without it every 5xx fails the test. */
  readonly expectServerError?: boolean;
  /** Address to connect from; on Linux the whole of 127.0.0.0/8 is this machine. */
  readonly from?: string;
}

export interface RawRequest extends Options {
  readonly method: string;
  readonly path: string;
  readonly body?: string | Uint8Array;
}

/** Speaks to one server. Every answer is held against the general rules: a broken one throws, whatever the test asserts. */
export interface Http {
  send(request: RawRequest): Promise<Answer>;
  get(path: string, options?: Options): Promise<Answer>;
  form(path: string, form: Form, options?: Options): Promise<Answer>;
  json(method: string, path: string, body: unknown, options?: Options): Promise<Answer>;
}

/** @param issuer the address that paths are appended to */
export function httpFor(issuer: string): Http {
  const send = async (request: RawRequest) => {
    const answer = await exchange(issuer, request);
    const seen = { ...answer, method: request.method, path: request.path };
    const broken = brokenRules(seen, request.expectServerError ?? false);
    if (broken.length === 0) return answer;
    throw new Error(`${request.method} ${request.path} ${broken.join(', ')}:\n${described(answer)}`);
  };
  return {
    send,
    get: (path, options) => send({ ...options, method: 'GET', path }),
    form: (path, form, options) =>
      send(withBody({ ...options, method: 'POST', path }, 'application/x-www-form-urlencoded', encodeForm(form))),
    json: (method, path, body, options) =>
      send(withBody({ ...options, method, path }, 'application/json', JSON.stringify(body))),
  };
}

/** Names and values of what is given, in order. */
export function formPairs(form: Form): [string, string][] {
  const pairs = Array.isArray(form) ? (form as readonly (readonly [string, string])[]) : Object.entries(form);
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]]));
}

/** `application/x-www-form-urlencoded`, repeated names kept. */
export function encodeForm(form: Form): string {
  return new URLSearchParams(formPairs(form)).toString();
}

/** `Authorization` value of a client: identifier and secret are form-encoded first (RFC 6749 section 2.3.1). */
export function basic(clientId: string, secret: string): string {
  const encode = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);
  return `Basic ${Buffer.from(`${encode(clientId)}:${encode(secret)}`).toString('base64')}`;
}

function withBody(request: RawRequest, type: string, body: string): RawRequest {
  const headers = [...headerList(request.headers)];
  const isGiven = headers.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-type');
  return { ...request, headers: isGiven ? headers : [...headers, 'content-type', type], body };
}

const headerList = (headers: Options['headers']): readonly string[] =>
  Array.isArray(headers) ? (headers as readonly string[]) : Object.entries(headers ?? {}).flat();

/** One connection a request: nothing of an earlier exchange, or of a server that was restarted, is left over. */
function exchange(issuer: string, { method, path, headers, bearer, body, from }: RawRequest): Promise<Answer> {
  const list = [...headerList(headers), ...(bearer === undefined ? [] : ['authorization', `Bearer ${bearer}`])];
  const names = new Set(list.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()));
  const isFramed = names.has('content-length') || names.has('transfer-encoding');
  if (!isFramed && (body !== undefined || !['GET', 'HEAD'].includes(method)))
    list.push('content-length', String(Buffer.byteLength(body ?? '')));
  if (!names.has('host')) list.push('host', new URL(issuer).host);
  const { hostname, port, pathname } = new URL(issuer);
  return new Promise((resolve, reject) => {
    const target = pathname.replace(/\/$/, '') + path;
    const local = from !== undefined && { localAddress: from };
    const request = httpRequest({ hostname, port, path: target, method, headers: list, agent: false, ...local });
    let isAnswered = false;
    // A server may refuse a body that is too large and close before it has read all of it.
    request.on('error', (error) => (isAnswered ? undefined : reject(error)));
    request.on('response', (incoming) => {
      isAnswered = true;
      answerOf(incoming).then(resolve, reject);
    });
    void sendBody(request, body, () => isAnswered);
  });
}

/** Piece by piece, so that an early answer is read before the rest is sent in vain. */
async function sendBody(request: ClientRequest, body: RawRequest['body'], isAnswered: () => boolean): Promise<void> {
  const bytes = Buffer.from(body ?? '');
  for (let start = 0; start < bytes.length && !isAnswered() && !request.destroyed; start += PIECE) {
    const piece = bytes.subarray(start, start + PIECE);
    await new Promise((resolve) => request.write(piece, resolve));
    if (bytes.length > PIECE) await wait(start === 0 ? 20 : 1);
  }
  request.end();
}

async function answerOf(incoming: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const answer = { status: incoming.statusCode ?? 0, headers: incoming.headers, text };
  return { ...answer, json: <T>() => parsedJson<T>(answer) };
}

function parsedJson<T>(answer: Omit<Answer, 'json'>): T {
  try {
    return JSON.parse(answer.text) as T;
  } catch {
    throw new Error(`The answer is no JSON:\n${described(answer)}`);
  }
}

const described = ({ status, headers, text }: Omit<Answer, 'json'>) =>
  `${status} ${JSON.stringify(headers)}\n${text.slice(0, 2000)}`;

/** Of a change, whatever version there is by now. */
export const WHICHEVER = { 'if-match': '*' };
