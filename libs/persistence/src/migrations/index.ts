import type { MigrationInterface } from 'typeorm';
import { InitialSchema1763800000000 } from './1763800000000-initial-schema.js';
import { AuthorizationLife1764230000000 } from './1764230000000-authorization-life.js';
import { TokenContext1764240000000 } from './1764240000000-token-context.js';
import { SignIn1764250000000 } from './1764250000000-sign-in.js';
import { AuthorizationRequests1764260000000 } from './1764260000000-authorization-requests.js';
import { UsedTickets1764260000000 } from './1764260000000-used-tickets.js';
import { RequestedClaims1764270000000 } from './1764270000000-requested-claims.js';
import { RequestedScopes1764270000000 } from './1764270000000-requested-scopes.js';
import { Interactions1764300000000 } from './1764300000000-interactions.js';
import { DisabledAccounts1764310000000 } from './1764310000000-disabled-accounts.js';

/** Every migration, oldest first. One set for both engines; never change one that was released. */
export const MIGRATIONS: (new () => MigrationInterface)[] = [
  InitialSchema1763800000000,
  AuthorizationLife1764230000000,
  TokenContext1764240000000,
  SignIn1764250000000,
  AuthorizationRequests1764260000000,
  UsedTickets1764260000000,
  RequestedClaims1764270000000,
  RequestedScopes1764270000000,
  Interactions1764300000000,
  DisabledAccounts1764310000000,
];
