export { AuthorizationServer, type AuthorizationServerOptions } from './authorization-server.js';
export { type BearerDecision, BearerProtection, type BearerProtectionOptions } from './bearer-protection.js';
export {
  type ClientAuthentication,
  type ClientCredentials,
  clientSecretBasic,
  clientSecretPost,
} from './client-authentication.js';
export { AuthorizationServerError, type FailureReason } from './errors.js';
export type { HttpExchange, HttpLimits } from './http-client.js';
export type { ActiveToken, IntrospectionCacheOptions, Permission } from './introspection.js';
export { umaHook, umaMiddleware } from './middleware.js';
export { Protected } from './nest/protected.decorator.js';
export { type ProtectionRule, UmaSettings } from './nest/protection-rule.js';
export { UmaGuard } from './nest/uma.guard.js';
export type { IncomingRequest } from './presented-token.js';
export { ProtectionClient, type ProtectionClientOptions, type RequestedPermission } from './protection-client.js';
export type { OwnerConnection } from './protection-api-token.js';
export type { Refusal } from './refusal.js';
export type {
  RegisteredResource,
  ResourceDescription,
  ResourceRegistration,
  StoredResource,
} from './resource-registration.js';
export { type ProtectedResource, type UmaDecision, UmaProtection } from './uma-protection.js';
export { grantedToken, type UmaRule } from './uma-rule.js';
