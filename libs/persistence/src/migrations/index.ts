import type { MigrationInterface } from 'typeorm';
import { InitialSchema1763800000000 } from './1763800000000-initial-schema.js';
import { AuthorizationLife1764230000000 } from './1764230000000-authorization-life.js';
import { UsedTickets1764260000000 } from './1764260000000-used-tickets.js';
import { RequestedScopes1764270000000 } from './1764270000000-requested-scopes.js';
import { DisabledAccounts1764310000000 } from './1764310000000-disabled-accounts.js';
import { TokenContext1764320000000 } from './1764320000000-token-context.js';
import { SignIn1764321000000 } from './1764321000000-sign-in.js';
import { AuthorizationRequests1764322000000 } from './1764322000000-authorization-requests.js';
import { RequestedClaims1764323000000 } from './1764323000000-requested-claims.js';
import { Interactions1764324000000 } from './1764324000000-interactions.js';
import { SessionClients1764340000000 } from './1764340000000-session-clients.js';
import { DeviceCodes1764420000000 } from './1764420000000-device-codes.js';
import { ClientRegistrations1764430000000 } from './1764430000000-client-registrations.js';
import { RequestNotices1764435000000 } from './1764435000000-request-notices.js';
import { DeclinedScopes1764440000000 } from './1764440000000-declined-scopes.js';
import { RecordGenerations1764450000000 } from './1764450000000-record-generations.js';
import { AccountNotices1764480001000 } from './1764480001000-account-notices.js';
import { SessionEndNotices1764480002000 } from './1764480002000-session-end-notices.js';
import { NoticeChoices1764480003000 } from './1764480003000-notice-choices.js';
import { PolicySignIn1764490010000 } from './1764490010000-policy-sign-in.js';
import { UnfetchedGrants1764490020000 } from './1764490020000-unfetched-grants.js';
import { EndedIdentities1764510010000 } from './1764510010000-ended-identities.js';
import { SuspensionPages1764520041000 } from './1764520041000-suspension-pages.js';
import { ConsentClaims1764530000010 } from './1764530000010-consent-claims.js';
import { KnownDevices1764530000020 } from './1764530000020-known-devices.js';
import { JoinedNotices1764530000021 } from './1764530000021-joined-notices.js';
import { AccountGenerations1764530000070 } from './1764530000070-account-generations.js';
import { PasswordPolicies1764530000080 } from './1764530000080-password-policies.js';
import { PasskeySessions1764530000081 } from './1764530000081-passkey-sessions.js';
import { RegisteredPages1764530000082 } from './1764530000082-registered-pages.js';
import { Activity1764540000020 } from './1764540000020-activity.js';
import { RemovedAccess1764540000021 } from './1764540000021-removed-access.js';
import { ScopeWords1764540000030 } from './1764540000030-scope-words.js';
import { Directory1764540000031 } from './1764540000031-directory.js';
import { OwnersThings1764540000040 } from './1764540000040-owners-things.js';
import { DecidedRequests1764540000041 } from './1764540000041-decided-requests.js';
import { Handovers1764540000042 } from './1764540000042-handovers.js';
import { OwnerSettings1764540000043 } from './1764540000043-owner-settings.js';
import { ServerContacts1764540000044 } from './1764540000044-server-contacts.js';
import { KeptAnswers1764540000060 } from './1764540000060-kept-answers.js';
import { EndedShares1764600000010 } from './1764600000010-ended-shares.js';
import { OperatedClients1764600000020 } from './1764600000020-operated-clients.js';
import { RegisteredScopes1764600000030 } from './1764600000030-registered-scopes.js';
import { UserInfoTokens1764700000000 } from './1764700000000-user-info-tokens.js';
import { VouchedRequests1764700000020 } from './1764700000020-vouched-requests.js';
import { SeenZones1764700000021 } from './1764700000021-seen-zones.js';
import { EndedAnswers1764700000022 } from './1764700000022-ended-answers.js';
import { Invitations1764800000000 } from './1764800000000-invitations.js';
import { ClientLikeness1764800000010 } from './1764800000010-client-likeness.js';
import { RefreshedResources1764900000050 } from './1764900000050-refreshed-resources.js';
import { LookAlikes1764900000060 } from './1764900000060-look-alikes.js';

/** Every migration, oldest first. One set for both engines; never change one that was released. */
export const MIGRATIONS: (new () => MigrationInterface)[] = [
  InitialSchema1763800000000,
  AuthorizationLife1764230000000,
  UsedTickets1764260000000,
  RequestedScopes1764270000000,
  DisabledAccounts1764310000000,
  TokenContext1764320000000,
  SignIn1764321000000,
  AuthorizationRequests1764322000000,
  RequestedClaims1764323000000,
  Interactions1764324000000,
  SessionClients1764340000000,
  DeviceCodes1764420000000,
  ClientRegistrations1764430000000,
  RequestNotices1764435000000,
  DeclinedScopes1764440000000,
  RecordGenerations1764450000000,
  AccountNotices1764480001000,
  SessionEndNotices1764480002000,
  NoticeChoices1764480003000,
  PolicySignIn1764490010000,
  UnfetchedGrants1764490020000,
  EndedIdentities1764510010000,
  SuspensionPages1764520041000,
  ConsentClaims1764530000010,
  KnownDevices1764530000020,
  JoinedNotices1764530000021,
  AccountGenerations1764530000070,
  PasswordPolicies1764530000080,
  PasskeySessions1764530000081,
  RegisteredPages1764530000082,
  Activity1764540000020,
  RemovedAccess1764540000021,
  ScopeWords1764540000030,
  Directory1764540000031,
  OwnersThings1764540000040,
  DecidedRequests1764540000041,
  Handovers1764540000042,
  OwnerSettings1764540000043,
  ServerContacts1764540000044,
  KeptAnswers1764540000060,
  EndedShares1764600000010,
  OperatedClients1764600000020,
  RegisteredScopes1764600000030,
  UserInfoTokens1764700000000,
  VouchedRequests1764700000020,
  SeenZones1764700000021,
  EndedAnswers1764700000022,
  Invitations1764800000000,
  ClientLikeness1764800000010,
  RefreshedResources1764900000050,
  LookAlikes1764900000060,
];
