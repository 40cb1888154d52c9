import { AuthorizationServerError } from './errors.js';
import type { HttpAnswer } from './http-client.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member `name` as a text that is not empty. Throws `bad_answer` otherwise. */
export function textMember(object: JsonObject, name: string): string {
  const value = object[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new AuthorizationServerError('bad_answer', `The answer of the authorization server lacks "${name}"`);
}

export function optionalText(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  return typeof value === 'string' ? value : undefined;
}

export function optionalNumber(object: JsonObject, name: string): number | undefined {
  const value = object[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The member `name` as an array of texts. Throws `bad_answer` otherwise. */
export function textArray(object: JsonObject, name: string): string[] {
  const value = object[name];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new AuthorizationServerError('bad_answer', `The answer of the authorization server lacks the list "${name}"`);
}

/** The object in an answer that has the expected status. Throws `refused` for an error answer, else `bad_answer`. */
export function expectObject(answer: HttpAnswer, ...expected: number[]): JsonObject {
  expectStatus(answer, ...expected);
  if (isJsonObject(answer.body)) return answer.body;
  throw new AuthorizationServerError('bad_answer', 'The authorization server did not answer with a JSON object');
}

/** Throws `refused` with the server's error code unless the answer has one of the expected statuses. */
export function expectStatus(answer: HttpAnswer, ...expected: number[]): void {
  if (expected.includes(answer.status)) return;
  const code = isJsonObject(answer.body) ? optionalText(answer.body, 'error') : undefined;
  const reason = answer.status >= 400 ? 'refused' : 'bad_answer';
  const said = code ? `${answer.status} ${code}` : String(answer.status);
  throw new AuthorizationServerError(reason, `The authorization server answered ${said}`, {
    status: answer.status,
    code,
  });
}
