import { isUtf8 } from 'node:buffer';
import { parseStrictJson } from '@valetkey/kernel';
import { FormParameters, OAuthError } from '@valetkey/oauth';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Replaces the framework's body parsers by strict ones: UTF-8 only, no repeated parameters or members, no deep JSON. */
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

/** @throws OAuthError invalid_request for broken or empty JSON, JSON with a member that comes twice and too deep JSON */
export function parseJson(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch {
    throw new OAuthError('invalid_request', 'malformed_body');
  }
}
