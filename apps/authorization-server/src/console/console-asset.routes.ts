import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PlainRoutes } from '../http/plain-routes.js';
import { refuseOtherMethods } from '../http/plain-routes.js';
import { PageError } from '../pages/http/page-error.js';
import { PageErrors } from '../pages/http/page-errors.service.js';
import { ConsoleFiles } from './console-files.service.js';
import type { StoredFile } from './console-files.service.js';

/** Scripts and styles of the consoles: public, the same for everybody, kept for ever under the name of their content (RFC 8246). */
@Injectable()
export class ConsoleAssetRoutes implements PlainRoutes {
  constructor(
    private readonly files: ConsoleFiles,
    private readonly errors: PageErrors,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const url = `${prefix}/console/assets/*`;
    this.errors.scope(fastify, (scope) => scope.get(url, (request, reply) => this.send(request, reply)));
    refuseOtherMethods(fastify, url, ['GET', 'HEAD']);
  }

  private send(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const file = this.files.asset((request.params as { '*': string })['*']);
    if (!file) throw new PageError('not_found', 'no_such_file');
    const { encoding, content } = bestOf(file, request.headers['accept-encoding']);
    return reply
      .headers({
        'content-type': file.mediaType,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
        vary: 'accept-encoding',
        ...(encoding !== undefined && { 'content-encoding': encoding }),
      })
      .send(content);
  }
}

/** What the build compressed already, where the browser takes it (RFC 9110 section 12.5.3). */
function bestOf(file: StoredFile, accepted = ''): { encoding?: string; content: Buffer } {
  const taken = accepted.split(',').flatMap((part) => {
    const [name = '', weight = ''] = part.toLowerCase().split(';');
    return /^\s*q=0(\.0*)?\s*$/.test(weight) ? [] : [name.trim()];
  });
  if (file.brotli && taken.includes('br')) return { encoding: 'br', content: file.brotli };
  if (file.gzip && taken.includes('gzip')) return { encoding: 'gzip', content: file.gzip };
  return { content: file.plain };
}
