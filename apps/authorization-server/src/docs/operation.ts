import type { ErrorCode } from '@valetkey/protocol';
import { ERROR_STATUS } from '@valetkey/protocol';

/** A JSON Schema (draft 2020-12, which OpenAPI 3.1 uses), or a part of the document. */
export type Json = Readonly<Record<string, unknown>>;

/** Paths of the document, each with its operations by method. */
export type Paths = Readonly<Record<string, Json>>;

export const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Answers by status. */
export type Answers = Readonly<Record<string, Json>>;

export const reference = (schema: string): Json => ({ $ref: `#/components/schemas/${schema}` });

/** An answer with a JSON body. */
export function answer(description: string, schema: string, headers: Json = {}): Json {
  const content = { [JSON_TYPE]: { schema: reference(schema) } };
  return { description, content, ...(Object.keys(headers).length > 0 && { headers }) };
}

/** An answer that is a page for a person. */
export function page(description: string): Json {
  return { description, content: { 'text/html': { schema: { type: 'string' } } } };
}

/** Error answers, put under the statuses that belong to the codes. */
export function refusals(...codes: readonly ErrorCode[]): Answers {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(ERROR_STATUS[code], [...(byStatus.get(ERROR_STATUS[code]) ?? []), code]);
  return Object.fromEntries([...byStatus].map(([status, group]) => [String(status), refusal(group, status)]));
}

/** One error answer with these codes. */
export function refusal(codes: readonly ErrorCode[], status: number): Json {
  const schema = { allOf: [reference('Error'), { properties: { error: { enum: codes } } }] };
  const challenge = { 'WWW-Authenticate': header('How to authenticate; what is wrong with the token.') };
  return {
    description: codes.join(', '),
    content: { [JSON_TYPE]: { schema } },
    ...(status === 401 && { headers: challenge }),
  };
}

export const header = (description: string): Json => ({ description, schema: { type: 'string' } });

export function jsonBody(schema: string, description: string): Json {
  return { required: true, description, content: { [JSON_TYPE]: { schema: reference(schema) } } };
}

export function formBody(schema: Json): Json {
  return { required: true, content: { [FORM_TYPE]: { schema } } };
}

/** The identifier in a path. */
export function pathId(description: string): Json {
  return { name: 'id', in: 'path', required: true, description, schema: { type: 'string', maxLength: 200 } };
}

export function queryParameter(name: string, description: string, schema: Json): Json {
  return { name, in: 'query', required: false, description, schema };
}

/** `limit` and `cursor` of a list. */
export function pageParameters({
  usual,
  most,
  cursor = 128,
}: {
  readonly usual: number;
  readonly most: number;
  readonly cursor?: number;
}): Json[] {
  return [
    queryParameter('limit', 'Most items of one answer.', {
      type: 'integer',
      minimum: 1,
      maximum: most,
      default: usual,
    }),
    queryParameter('cursor', 'Where to go on, as the answer before said.', {
      type: 'string',
      pattern: `^[A-Za-z0-9_-]{1,${cursor}}$`,
    }),
  ];
}

/** A proof that the sender holds a key (RFC 9449): the tokens of the answer are bound to it. */
export const DPOP: Json = {
  name: 'DPoP',
  in: 'header',
  required: false,
  description: 'A DPoP proof (RFC 9449): the tokens of the answer are bound to its key.',
  schema: { type: 'string' },
};

/** A change only if nobody else changed it since it was read (RFC 9110 section 13.1.1). */
export const IF_MATCH: Json = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The `ETag` of what was read, or several: the change is refused when the present one is not among them.',
  schema: { type: 'string' },
};

/** A change that is refused with 428 where it does not say what its sender saw. */
export const IF_MATCH_NEEDED: Json = {
  ...IF_MATCH,
  required: true,
  description:
    'The `ETag` of what was read, or several: the change is refused when the present one is not among them. `*`: whichever.',
};

export const ETAG: Json = { ETag: header('Its version, for `If-Match`.') };

const IDEMPOTENCY_KEY: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Names the change, which is then made once however often it is sent within 24 hours: what was answered to a change that was made is answered again. Keys are each owner’s own.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

/** A change that may be sent again with the same key. */
export function madeOnce(operation: Json): Json {
  const answers = operation['responses'] as Answers;
  const parameters = [...((operation['parameters'] as Json[] | undefined) ?? []), IDEMPOTENCY_KEY];
  const retry = { headers: { 'Retry-After': header('Seconds, while the change with the same key is under way.') } };
  const conflict = { ...(answers['409'] ?? refusal(['invalid_state'], 409)), ...retry };
  const responses = {
    ...answers,
    409: conflict,
    422: refusal(['invalid_request'], 422),
    429: refusal(['temporarily_unavailable'], 429),
  };
  return { ...operation, parameters, responses };
}
