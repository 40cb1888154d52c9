import type { ErrorAnswer } from '@valetkey/owner-contract';

/** The server refused, or failed. Nothing has been changed then. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly answer: ErrorAnswer,
  ) {
    super(`${String(status)} ${answer.error}`);
    this.name = 'Refusal';
  }

  get code(): string {
    return this.answer.error;
  }

  /** To be told to the operator. */
  get reference(): string {
    return this.answer.reference;
  }

  /** Member of the body -> what is wrong with it. */
  get fields(): Readonly<Record<string, string>> {
    return this.answer.fields ?? {};
  }

  /** Member that is a list -> which of its entries is wrong, from 0. */
  get entries(): Readonly<Record<string, number>> {
    return this.answer.entries ?? {};
  }

  /** Lost race: somebody else changed it meanwhile; `answer.current` is how it is now. */
  get isLostRace(): boolean {
    return this.status === 412;
  }

  /** Another try may succeed. */
  get isPassing(): boolean {
    return this.status >= 500 || this.status === 429;
  }
}

/** No answer came: whether a change was made is not known, so it is tried again with the same key. */
export class Unreachable extends Error {
  constructor(options?: ErrorOptions) {
    super('no answer', options);
    this.name = 'Unreachable';
  }
}

/** The session is over; the browser is on its way to the sign-in, so nothing is to be shown. */
export class SessionOver extends Error {
  constructor() {
    super('session over');
    this.name = 'SessionOver';
  }
}

/** The refusal of an answer that is none of ours, such as a proxy's page. */
export function refusalOf(status: number, body: unknown): Refusal {
  const { error, reference, ...rest } = (typeof body === 'object' && body !== null ? body : {}) as Partial<ErrorAnswer>;
  return new Refusal(status, { ...rest, error: error ?? 'server_error', reference: reference ?? '' });
}
