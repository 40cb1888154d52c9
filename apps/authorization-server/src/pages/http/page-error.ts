import { HttpException } from '@nestjs/common';
import { OAuthError } from '@valetkey/oauth';
import { StoreUnavailable } from '@valetkey/persistence';
import { newReference } from '../../http/reference.js';
import type { ErrorLine } from '../messages/messages.js';
import type { StartingPlace } from '../views/result.view.js';

const STATUS: Readonly<Record<ErrorLine, number>> = {
  bad_request: 400,
  unknown_application: 400,
  expired: 400,
  forged_form: 403,
  not_found: 404,
  wrong_method: 405,
  too_large: 413,
  too_many: 429,
  not_allowed: 403,
  busy: 503,
  fault: 500,
};

/** Something that ends on an error page of ours instead of at the application: one human line and a reference number. */
export class PageError extends Error {
  readonly reference = newReference();
  readonly status: number;
  /** What the developer of an application reads in the folded part; a description that programs would be answered with, too. */
  readonly description: string | undefined;
  /** Where she begins anew, of what is over; `undefined` where nobody knows. */
  readonly startAgainAt: StartingPlace | undefined;

  /**
   * @param line - what the person reads
   * @param reason - what the log says; never shown
   */
  constructor(
    readonly line: ErrorLine,
    readonly reason: string,
    options?: ErrorOptions & { readonly description?: string; readonly startAgainAt?: StartingPlace },
  ) {
    super(`${line}: ${reason}`, options);
    this.description = options?.description;
    this.startAgainAt = options?.startAgainAt;
    this.name = 'PageError';
    this.status = STATUS[line];
  }

  /** A fault of ours: not of who asked, nor of somebody whose answer was waited for. */
  get isFault(): boolean {
    return this.status >= 500 && !(this.cause instanceof OAuthError);
  }

  /** Seconds after which it is worth another try; `undefined` where nobody knows. */
  get retryAfter(): string | undefined {
    const known = this.cause instanceof OAuthError ? this.cause.headers['retry-after'] : undefined;
    return known ?? (this.status === STATUS.busy ? '1' : undefined);
  }

  /** Whatever was thrown, as an error page; nothing of an unknown error is shown. */
  static from(error: unknown): PageError {
    if (error instanceof PageError) return error;
    if (error instanceof StoreUnavailable) return new PageError('busy', 'store_unavailable', { cause: error });
    if (error instanceof OAuthError) return new PageError(lineOf(error.status), error.reason, { cause: error });
    return new PageError(lineOf(frameworkStatus(error)), 'refused_by_framework_or_fault', { cause: error });
  }
}

function lineOf(status: number): ErrorLine {
  switch (status) {
    case 401:
    case 403:
      return 'not_allowed';
    case 404:
      return 'not_found';
    case 405:
      return 'wrong_method';
    case 413:
      return 'too_large';
    case 429:
      return 'too_many';
    case 503:
      return 'busy';
    default:
      return status >= 400 && status < 500 ? 'bad_request' : 'fault';
  }
}

function frameworkStatus(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status: unknown = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : 500;
}
