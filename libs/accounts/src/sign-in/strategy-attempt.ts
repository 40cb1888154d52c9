import type passport from 'passport';

/** How a strategy ended. */
export interface Ended<Said extends object> {
  readonly isAccepted: boolean;
  /** The user, or why not. */
  readonly said: Said;
  /** Of a failure that the strategy found by itself, before anything was decided. */
  readonly status?: number;
}

/** One attempt by a strategy without a web framework around it: the actions that passport would give it are the ends of a promise. */
export function attemptBy<Said extends object>(strategy: passport.Strategy, body: object): Promise<Ended<Said>> {
  return new Promise((resolve, reject) => {
    const actions = {
      success: (said: Said) => resolve({ isAccepted: true, said }),
      fail: (said: Said, status?: number) =>
        resolve({ isAccepted: false, said, ...(status !== undefined && { status }) }),
      error: reject,
    };
    // Actions belong to one attempt, so each has a strategy of its own.
    const attempt = Object.assign(Object.create(strategy) as { authenticate(request: object): void }, actions);
    attempt.authenticate({ body });
  });
}
