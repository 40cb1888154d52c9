/** The first of so many loopback ports in a row, one if absent; nobody else who asks gets them while this process lives. */
export function freePort(count?: number): Promise<number>;
