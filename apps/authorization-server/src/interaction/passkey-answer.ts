import type { FormValues } from './interaction-kind.js';

/** What the script of a passkey page put into the form, unchecked; `undefined` for what is no JSON. */
export function passkeyAnswerOf(form: FormValues): unknown {
  try {
    return JSON.parse(form.get('answer') ?? '');
  } catch {
    return undefined;
  }
}
