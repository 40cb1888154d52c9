import type { SessionView } from '@valetkey/owner-contract';
import { serverAddress } from './address.js';
import { Refusal, refusalOf, SessionOver, Unreachable } from './errors.js';
import { goToSignIn } from './session-over.js';

export type Method = 'POST' | 'PUT' | 'DELETE';

/** One change, as the person meant it once: what is sent again is the same action, with the same key. */
export interface Action {
  readonly method: Method;
  /** Below `/me/`, or from the issuer on with a slash: `/operator-api/clients`. */
  readonly path: string;
  readonly body?: unknown;
  /** `version` of what was read: the change is refused with 412 when it is another one now. */
  readonly version?: string;
  /** Made by `newKey()` when she pressed the button; absent where nothing is changed, and nothing made twice. */
  readonly key?: string;
}

let csrfToken = '';
let person: string | undefined;

/**
 * Of GET /me/session; its token goes with every change from now on.
 * @throws SessionOver when another person has signed in in this browser: the document begins anew, as hers
 */
export function setSession({ csrf_token: token, person: { id } }: SessionView): void {
  if (person !== undefined && person !== id) {
    window.location.reload();
    throw new SessionOver();
  }
  person = id;
  csrfToken = token;
}

let language: string | undefined;

/** What answers have in words comes in this language from now on. */
export function setLanguage(wanted: string): void {
  language = wanted;
}

export function newKey(): string {
  return crypto.randomUUID();
}

/**
 * Reads something of the owner API, or of another API of this server. @param path - below `/me/`, or from the issuer on with a
 * slash; with its query
 * @throws Refusal, Unreachable, or SessionOver when the browser leaves for the sign-in
 */
export function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  return send<T>(path, { ...(signal && { signal }) });
}

/**
 * Changes something. A token of a session that another tab ended is refused, and nothing done: where the same person has signed in again,
 * it is sent once more with the token of now.
 * @throws as {@link read} does; nothing was changed then, unless no answer came
 */
export async function change<T>(action: Action): Promise<T> {
  const sent = csrfToken;
  try {
    return await sendChange<T>(action);
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 403) throw error;
    setSession(await read<SessionView>('session'));
    if (csrfToken === sent) throw error;
    return sendChange<T>(action);
  }
}

function sendChange<T>({ method, path, body, version, key }: Action): Promise<T> {
  const headers: Record<string, string> = { 'x-csrf-token': csrfToken };
  if (key !== undefined) headers['idempotency-key'] = key;
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (version !== undefined) headers['if-match'] = `"${version}"`;
  return send<T>(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
}

async function send<T>(path: string, init: RequestInit): Promise<T> {
  const answer = await answerOf(path, init);
  const body = await contentOf(answer);
  if (answer.ok) return body as T;
  if (answer.status === 401) {
    goToSignIn(init.method !== undefined);
    throw new SessionOver();
  }
  throw refusalOf(answer.status, body);
}

async function answerOf(path: string, init: RequestInit): Promise<Response> {
  try {
    const { signal, ...rest } = init;
    const headers = { ...(init.headers as Record<string, string>), ...(language && { 'accept-language': language }) };
    const options = { ...rest, headers, signal: signal ?? null, credentials: 'same-origin' as const };
    return await fetch(serverAddress(path.startsWith('/') ? path : `/me/${path}`), options);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new Unreachable({ cause });
  }
}

async function contentOf(answer: Response): Promise<unknown> {
  const text = await answer.text().catch((cause: unknown) => {
    throw new Unreachable({ cause });
  });
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
