import { sha256 } from '@valetkey/kernel';
import type { ApplicationCard } from '../pages/kit/parts.js';

/**
 * What a page asks, for its form to say which question an answer is to. Of plain values alone: what is made for one browser, as
 * a form is, or with each view, as a time is, stays out; so does how many people use the application, which others change. Pure.
 */
export function digestOf(said: { readonly application: ApplicationCard }): string {
  return sha256(JSON.stringify({ ...said, application: { ...said.application, users: undefined } }));
}
