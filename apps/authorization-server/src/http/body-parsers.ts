import { isUtf8 } from 'node:buffer';
import { FormParameters, OAuthError } from '@valetkey/oauth';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const DEEPEST_JSON = 32;

/** Replaces the framework's body parsers by strict ones: UTF-8 only, no repeated form parameters, no deep JSON. */
export function useStrictBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const asBuffer = { parseAs: 'buffer' } as const;
  fastify.addContentTypeParser('application/x-www-form-urlencoded', asBuffer, (request, body, done) => {
    attempt(() => FormParameters.parse(toText(request, body as Buffer)), done);
  });
  fastify.addContentTypeParser('application/json', asBuffer, (request, body, done) => {
    // A DELETE with a media type and nothing to go with it is common and harmless.
    attempt(() => (body.length === 0 ? undefined : parseJson(toText(request, body as Buffer))), done);
  });
}

function attempt(parse: () => unknown, done: (error: Error | null, body?: unknown) => void): void {
  try {
    done(null, parse());
  } catch (error) {
    done(error as Error);
  }
}

/** `charset` names anything but UTF-8. */
const FOREIGN_CHARSET = /;\s*charset\s*=\s*"?(?!utf-8)[^"]/i;

function toText(request: FastifyRequest, body: Buffer): string {
  const mediaType = request.headers['content-type'] ?? '';
  if (mediaType.includes(';') && FOREIGN_CHARSET.test(mediaType)) {
    throw new OAuthError('invalid_request', 'wrong_media_type', {}, 415);
  }
  if (!isUtf8(body)) throw new OAuthError('invalid_request', 'malformed_body');
  return body.toString('utf8');
}

/** @throws OAuthError invalid_request for broken, empty or too deeply nested JSON */
export function parseJson(text: string): unknown {
  if (isDeep(text)) throw new OAuthError('invalid_request', 'malformed_body');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new OAuthError('invalid_request', 'malformed_body');
  }
}

/** A string, or one bracket. Linear: each alternative begins with another character. */
const STRING_OR_BRACKET = /"(?:[^"\\]|\\.)*"?|[[{\]}]/gs;

/** Counts brackets outside strings before anything recursive sees the text. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (const [part] of text.matchAll(STRING_OR_BRACKET)) {
    if (part === '{' || part === '[') depth += 1;
    else if (part === '}' || part === ']') depth -= 1;
    if (depth > DEEPEST_JSON) return true;
  }
  return false;
}
