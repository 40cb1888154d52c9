import { AuthorizationServerError } from './errors.js';

/** One request to the authorization server; at most one of `form` and `json`. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  form?: Record<string, string>;
  json?: unknown;
}

/** Its answer. `body` is the parsed JSON, or undefined if there was none. */
export interface HttpAnswer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** What went over the wire, for logs and demonstrations. Carries secrets and tokens: shorten them before you keep it. */
export interface HttpExchange {
  at: Date;
  method: string;
  url: string;
  requestHeaders: Record<string, string>;
  requestBody: string;
  status: number;
  responseHeaders: Record<string, string>;
  responseBody: string;
}

export interface HttpLimits {
  /** Milliseconds from the start of a request to the last byte of its answer. */
  timeoutMs: number;
  /** Bytes of an answer, counted after decompression. */
  maximumBytes: number;
}

const DEFAULT_LIMITS: HttpLimits = { timeoutMs: 5_000, maximumBytes: 256 * 1024 };

/**
 * The only way this library talks to the outside: bounded in time and size, and without redirects.
 * Throws `AuthorizationServerError` when no whole JSON answer arrives; any HTTP status with one is an answer.
 */
export class HttpClient {
  private readonly limits: HttpLimits;

  constructor(
    limits: Partial<HttpLimits> = {},
    private readonly onExchange?: (exchange: HttpExchange) => void,
  ) {
    this.limits = { ...DEFAULT_LIMITS, ...limits };
  }

  async send(request: HttpRequest): Promise<HttpAnswer> {
    const at = new Date();
    const { headers, body } = encode(request);
    const { response, text } = await this.exchange(request, headers, body);
    this.onExchange?.({
      at,
      method: request.method,
      url: request.url,
      requestHeaders: headers,
      requestBody: body ?? '',
      status: response.status,
      responseHeaders: Object.fromEntries(response.headers),
      responseBody: text,
    });
    return { status: response.status, headers: response.headers, body: parseJson(response, text) };
  }

  private async exchange(request: HttpRequest, headers: Record<string, string>, body: string | undefined) {
    try {
      const response = await fetch(request.url, {
        method: request.method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(this.limits.timeoutMs),
        ...(body === undefined ? {} : { body }),
      });
      if (response.status >= 300 && response.status < 400) {
        await response.body?.cancel();
        throw new AuthorizationServerError('redirected', `${request.url} answered with a redirect`);
      }
      return { response, text: await readText(response, this.limits.maximumBytes) };
    } catch (cause) {
      throw asFailure(cause, request.url);
    }
  }
}

function encode(request: HttpRequest): { headers: Record<string, string>; body: string | undefined } {
  const headers: Record<string, string> = { accept: 'application/json', ...request.headers };
  if (request.form) {
    headers['content-type'] = 'application/x-www-form-urlencoded';
    return { headers, body: new URLSearchParams(request.form).toString() };
  }
  if (request.json === undefined) return { headers, body: undefined };
  headers['content-type'] = 'application/json';
  return { headers, body: JSON.stringify(request.json) };
}

async function readText(response: Response, maximumBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop by the throw cancels the stream, so the rest is never read.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maximumBytes) {
      throw new AuthorizationServerError('too_large', `${response.url} answered with more than ${maximumBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(response: Response, text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AuthorizationServerError('bad_answer', `${response.url} did not answer with JSON`, {
      status: response.status,
    });
  }
}

function asFailure(cause: unknown, url: string): AuthorizationServerError {
  if (cause instanceof AuthorizationServerError) return cause;
  return isTimeout(cause)
    ? new AuthorizationServerError('timed_out', `${url} did not answer in time`, { cause })
    : new AuthorizationServerError('unreachable', `${url} cannot be reached`, { cause });
}

function isTimeout(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'name' in cause && cause.name === 'TimeoutError';
}
