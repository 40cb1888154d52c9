import { presentAddress, serverAddress } from './address.js';

/** A form that is open while the session ends puts its content away by this. */
export type Keeper = () => void;

const keepers = new Set<Keeper>();

/** @returns what takes the keeper away again */
export function beforeSignIn(keeper: Keeper): () => void {
  keepers.add(keeper);
  return () => void keepers.delete(keeper);
}

/**
 * Puts away what open forms hold, and goes to the sign-in, which leads back to the present address.
 * @param toChange - something was to be changed, for which the operator may demand a surer or more recent sign-in
 */
export function goToSignIn(toChange: boolean): void {
  for (const keep of keepers) keep();
  const query = new URLSearchParams({ return: presentAddress(), ...(toChange && { for: 'change' }) });
  window.location.assign(serverAddress(`/console/sign-in?${query.toString()}`));
}
