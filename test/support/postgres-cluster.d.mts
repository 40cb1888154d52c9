/** A private PostgreSQL; throws what to do, if there is none and none can be installed. */
export function startCluster(): Promise<{ readonly url: string; stop(): Promise<void> }>;
