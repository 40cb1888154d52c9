import type { ProtectedResource, UmaProtection } from '../uma-protection.js';

export interface ProtectionRule<R> {
  /** The application's own name of the resource that a request is about. */
  resource: (request: R) => string;
  scopes: readonly string[];
}

/** Metadata key of the rule on a handler. */
export const UMA_RULE = Symbol('UMA rule');

/** What the guard needs from the application; provide an implementation as `{ provide: UmaSettings, useValue: … }`. */
export abstract class UmaSettings {
  abstract readonly protection: UmaProtection;
  /** Finds the registered resource behind the application's name; undefined if there is none (answered with 404). */
  abstract find(name: string): Promise<ProtectedResource | undefined> | ProtectedResource | undefined;
}
