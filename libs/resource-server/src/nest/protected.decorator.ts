import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { UmaGuard } from './uma.guard.js';
import { type ProtectionRule, UMA_RULE } from './protection-rule.js';

/**
 * Protects a route: only who holds an RPT with all `scopes` on the resource is served.
 * `resource` finds, in the request, the application's own name of the resource; the `ResourceDirectory` knows the rest.
 */
export function Protected<R>(rule: ProtectionRule<R>): MethodDecorator {
  if (rule.scopes.length === 0) throw new TypeError('@Protected needs at least one scope');
  return applyDecorators(SetMetadata(UMA_RULE, rule), UseGuards(UmaGuard));
}
