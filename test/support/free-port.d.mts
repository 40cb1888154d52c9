/** A loopback port that is free now, and very likely still when the server that was given it is restarted. */
export function freePort(): Promise<number>;
