import { Injectable } from '@nestjs/common';
import { OAuthError } from '@valetkey/oauth';
import { PermissionRequests } from '@valetkey/uma';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { PlainAnswer, PlainRoutes } from '../../http/plain-routes.js';
import { presentationOf, jsonOf, refuseOtherMethods, send } from '../../http/plain-routes.js';
import { ProtectionCallers } from '../protection-caller.service.js';
import { parsePermissionBody } from './permission-body.js';

/** POST {issuer}/uma/permission: the permission endpoint (FedAuthz section 4). */
@Injectable()
export class PermissionRoutes implements PlainRoutes {
  constructor(
    private readonly callers: ProtectionCallers,
    private readonly requests: PermissionRequests,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    const url = `${prefix}/uma/permission`;
    fastify.post(url, async (request, reply) => send(reply, await this.create(request)));
    refuseOtherMethods(fastify, url, ['POST']);
  }

  private async create(request: FastifyRequest): Promise<PlainAnswer> {
    const caller = await this.callers.authenticate(presentationOf(request));
    const outcome = await this.requests.request(caller, parsePermissionBody(jsonOf(request)));
    if (outcome === 'invalid_resource_id') throw new OAuthError('invalid_resource_id', 'resource_unknown');
    if (outcome === 'invalid_scope') throw new OAuthError('invalid_scope', 'scope_not_registered');
    return { status: 201, body: outcome };
  }
}
