/** A request of the print shop; at most one of `form` and `json`. */
export interface ShopRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  form?: Record<string, string>;
  json?: unknown;
}

export interface ShopAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as a JSON object; empty if it is none. */
  json: Record<string, unknown>;
}

/** Sends a request. The story passes one that also shows what goes over the wire. */
export type Send = (request: ShopRequest) => Promise<ShopAnswer>;

/** There was no answer: nobody listens there, or it took too long. Trying again later may help. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

const TIMEOUT_MS = 5_000;

/** Throws `Unreachable` when there is no answer; any answer, also an error, is a value. */
export const send: Send = async (request) => {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: { ...contentType(request), ...request.headers },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...bodyOf(request),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: jsonObject(text) };
  } catch (cause) {
    throw new Unreachable(`No answer from ${new URL(request.url).origin}`, { cause });
  }
};

export function contentType(request: ShopRequest): Record<string, string> {
  if (request.form) return { 'content-type': 'application/x-www-form-urlencoded' };
  return request.json === undefined ? {} : { 'content-type': 'application/json' };
}

export function bodyOf(request: ShopRequest): { body?: string } {
  if (request.form) return { body: new URLSearchParams(request.form).toString() };
  return request.json === undefined ? {} : { body: JSON.stringify(request.json) };
}

function jsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
