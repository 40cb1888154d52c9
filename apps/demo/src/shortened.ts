/** Tokens, tickets, secrets and signatures: a product prefix with a long rest, a JWT, or Basic credentials. */
const SECRETS = [
  /\bvk_[a-z]+_[A-Za-z0-9_-]{20,}/g,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g,
  /(?<=\bBasic )[A-Za-z0-9+/]{20,}={0,2}/g,
  /(?<=\bBearer )[A-Za-z0-9\-._~+/]{24,}={0,2}/g,
];

/**
 * The text with its secrets shortened in the middle: one can follow a token from step to step, but not use it. What is
 * short already stays as it is.
 */
export function shortened(text: string): string {
  return SECRETS.reduce((result, secret) => result.replace(secret, shorten), text);
}

function shorten(secret: string): string {
  return `${secret.slice(0, 12)}…${secret.slice(-4)}`;
}
