/** Where parameters of an authorization request are read: a form, or the claims of a request object. */
export interface RequestSource {
  /** The value, or `undefined` when absent or empty. */
  get(name: string): string | undefined;
  /** Resource indicators, in the order of the request. */
  readonly resources: readonly string[];
}
