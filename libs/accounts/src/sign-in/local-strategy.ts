import passportLocal from 'passport-local';
import { attemptBy } from './strategy-attempt.js';

/** Decides about a name and a password. */
type Decide<T extends object> = (name: string, password: string) => Promise<T>;

/**
 * passport's local strategy (user name and password of a form).
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
  return async (username: string, password: string): Promise<T> => {
    const { said, status } = await attemptBy<T>(strategy, { username, password });
    // Without credentials the strategy fails by itself, with a status.
    return status === undefined ? said : missing;
  };
}
