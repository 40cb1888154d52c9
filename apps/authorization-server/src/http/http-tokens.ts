/** Injection tokens of what the process makes before the module graph exists. */
export const CONFIG = Symbol('Config');
export const LOGGER = Symbol('Logger');
