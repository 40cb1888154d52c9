import passport from 'passport';
import { attemptBy } from './strategy-attempt.js';

/** Decides about what was presented. */
type Decide<Presented extends object, Outcome> = (presented: Presented) => Promise<Outcome>;

/** A strategy for what passport has none of ours for: the decision is a service's, and success or failure are passport's. */
class OwnStrategy<Presented extends object, Outcome> extends passport.Strategy {
  constructor(
    override readonly name: string,
    private readonly decide: Decide<Presented, Outcome>,
    private readonly isAccepted: (outcome: Outcome) => boolean,
  ) {
    super();
  }

  override authenticate({ body }: { readonly body: Presented }): void {
    this.decide(body).then(
      (outcome) => (this.isAccepted(outcome) ? this.success({ outcome }) : this.fail({ outcome })),
      (cause: unknown) => this.error(cause),
    );
  }
}

/**
 * A passport strategy for a factor of ours, such as codes and passkeys.
 * @param isAccepted - whether an outcome signs the person in
 * @returns for what is presented the outcome, accepted or not; a failure of the decision is thrown
 */
export function ownStrategy<Presented extends object, Outcome>(
  name: string,
  decide: Decide<Presented, Outcome>,
  isAccepted: (outcome: Outcome) => boolean,
): (presented: Presented) => Promise<Outcome> {
  const strategy = new OwnStrategy(name, decide, isAccepted);
  return async (presented) => {
    const { said } = await attemptBy<{ readonly outcome: Outcome }>(strategy, presented);
    return said.outcome;
  };
}
