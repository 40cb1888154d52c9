/** What the consoles are called in addresses, below the issuer. */
export const CONSOLES = ['console', 'operator'] as const;
export type ConsoleName = (typeof CONSOLES)[number];

const FIRST_SCREEN = '/console/';
const LONGEST = 2_000;
/** No slash twice, no dot or slash in disguise, and nothing that browsers read as something else than it is. */
const SCREEN =
  /^\/(?:console|operator)\/(?!\/|sign-in)(?:[\w~:@!$&'()*+,;=.-]|%(?!2[ef]|5c)[\da-f]{2}|\/(?!\/))*(?:[?#][\x21\x23-\x5b\x5d\x5f\x61-\x7e]*)?$/i;

/**
 * An address to come back to after a sign-in, such as `/console/access?show=no_end`: of a screen of a console, below the issuer.
 * Whatever else is asked for leads to the owner's first screen: nobody is led to another site, nor to any page that does something
 * (attack class 221).
 */
export function consoleAddress(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > LONGEST || !SCREEN.test(wanted)) return FIRST_SCREEN;
  const [path] = wanted.split(/[?#]/, 1);
  // Steps upwards would have changed it.
  return new URL(wanted, 'http://console.invalid').pathname === path ? wanted : FIRST_SCREEN;
}

/** Whose screen an address of {@link consoleAddress} is. */
export function consoleOf(address: string): ConsoleName {
  return address.startsWith('/operator/') ? 'operator' : 'console';
}
