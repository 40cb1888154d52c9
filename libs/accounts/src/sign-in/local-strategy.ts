import passportLocal from 'passport-local';

/** Decides about a name and a password. */
type Decide<T extends object> = (name: string, password: string) => Promise<T>;

/**
 * passport's local strategy (user name and password of a form) without a web framework around it: the actions that passport
 * would give it are the ends of a promise.
 * @param isAccepted - whether a decision signs the person in
 * @returns for each pair the decision, or `missing` for an empty name or password
 */
export function localStrategy<T extends object>(decide: Decide<T>, isAccepted: (decision: T) => boolean, missing: T) {
  const strategy = new passportLocal.Strategy({ session: false }, (name, password, done) => {
    decide(name, password).then(
      (decision) =>
        isAccepted(decision) ? done(null, decision) : done(null, false, decision as T & { message: string }),
      (cause: unknown) => done(cause),
    );
  });
  return (username: string, password: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const actions = {
        success: (decision: T) => resolve(decision),
        // Without credentials the strategy fails by itself, with a status.
        fail: (decision: T, status?: number) => resolve(status === undefined ? decision : missing),
        error: reject,
      };
      const attempt = Object.assign(Object.create(strategy) as typeof strategy, actions);
      attempt.authenticate({ body: { username, password } } as Parameters<typeof strategy.authenticate>[0]);
    });
}
