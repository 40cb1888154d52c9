import { HttpException } from '@nestjs/common';
import { OAuthError } from '@valetkey/oauth';
import { StoreUnavailable } from '@valetkey/persistence';

/** An error as it is answered. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { error: string; error_description?: string };
  /** A fault of ours: logged with its stack. */
  readonly fault: boolean;
}

/** What the framework refuses before a route of ours runs, in registered words. */
const FRAMEWORK_ANSWERS: Readonly<Record<number, { error: string; error_description: string }>> = {
  404: { error: 'not_found', error_description: 'There is nothing here.' },
  405: { error: 'unsupported_method_type', error_description: 'This method is not supported here.' },
  413: { error: 'invalid_request', error_description: 'The request body is too large.' },
  415: { error: 'invalid_request', error_description: 'The media type of the request body is not supported here.' },
};

const MALFORMED = { error: 'invalid_request', error_description: 'The request is malformed.' };
const FAULT = { error: 'server_error', error_description: 'The server could not answer this request.' };
const BUSY = { error: 'temporarily_unavailable', error_description: 'The server cannot answer now; try again.' };

/** The one place that turns anything thrown into an answer. Nothing of an unknown error leaves the server. */
export function toErrorAnswer(error: unknown): ErrorAnswer {
  if (error instanceof OAuthError) {
    return { status: error.status, headers: error.headers, body: error.body, fault: false };
  }
  if (error instanceof StoreUnavailable) {
    return { status: 503, headers: { 'retry-after': '1' }, body: BUSY, fault: true };
  }
  const status = frameworkStatus(error);
  if (status >= 400 && status < 500) {
    return { status, headers: {}, body: FRAMEWORK_ANSWERS[status] ?? MALFORMED, fault: false };
  }
  return { status: 500, headers: {}, body: FAULT, fault: true };
}

function frameworkStatus(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status: unknown = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : 500;
}
