export { AuthorizationCodeGrantModule } from './authorization-code/authorization-code-grant.module.js';
export { AuthorizationCodeGrant } from './authorization-code/authorization-code.grant.js';
export { ClientCredentialsGrantModule } from './client-credentials/client-credentials-grant.module.js';
export { ClientCredentialsGrant } from './client-credentials/client-credentials.grant.js';
export { RefreshTokenGrantModule } from './refresh-token/refresh-token-grant.module.js';
export { RefreshTokenGrant } from './refresh-token/refresh-token.grant.js';
export { UmaTicketGrantModule } from './uma-ticket/uma-ticket-grant.module.js';
export { UmaTicketGrant } from './uma-ticket/uma-ticket.grant.js';
