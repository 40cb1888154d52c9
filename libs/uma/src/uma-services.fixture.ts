import { AccessUseStore, ActivityRecorder, ActivityStore, LastRefusalStore } from '@valetkey/activity';
import { AuthorizationStore, KeptConsentStore, PermissionCeilingStore } from '@valetkey/authorizations';
import type { Clock } from '@valetkey/kernel';
import type { Database } from '@valetkey/persistence';
import { TokenFamilyStore } from '@valetkey/tokens';
import {
  AccessRequestStore,
  ClientPoliciesStore,
  ConsentHistory,
  ConsentsGivenBack,
  GivenBack,
  InvitationMailStore,
  Invitations,
  InvitationStore,
  OwnerMoments,
  OwnerPolicies,
  OwnerRevocation,
  PolicyStore,
  OwnerStopStore,
  RemovedAccessStore,
  ResourceStore,
  ShareHistory,
  ShareTokensStore,
  StopEverything,
  StopGround,
  ToldEnds,
  Withdrawal,
} from '@valetkey/uma';

/** The services of this library on one database, as the module makes them. */
export function umaServices(database: Database, clock: Clock) {
  const stores = {
    activity: new ActivityStore(database, clock),
    uses: new AccessUseStore(database),
    policies: new PolicyStore(database),
    resources: new ResourceStore(database),
    records: new AuthorizationStore(database),
    ceilings: new PermissionCeilingStore(database),
    removed: new RemovedAccessStore(database),
    invitationStore: new InvitationStore(database),
    invitationMails: new InvitationMailStore(database),
  };
  const { activity, uses, policies, resources, records, ceilings, removed, invitationStore } = stores;
  const recorder = new ActivityRecorder(activity, uses, new LastRefusalStore(database), database);
  const moments = new OwnerMoments(policies, records, clock);
  const history = new ShareHistory(activity, uses, recorder, removed);
  const withdrawal = new Withdrawal(resources, ceilings, new TokenFamilyStore(), clock);
  const ownerPolicies = new OwnerPolicies(policies, resources, withdrawal, database, moments, history);
  const kept = new KeptConsentStore(database);
  const consents = new ConsentHistory(activity, removed, kept);
  const revocation = new OwnerRevocation(records, new ClientPoliciesStore(), database, moments, consents);
  const stops = new OwnerStopStore(database, invitationStore);
  const ground = new StopGround(records, policies, new ShareTokensStore(database), clock);
  const stopping = new StopEverything(stops, ground, ownerPolicies, revocation, database, clock);
  const givenBack = new GivenBack(
    removed,
    ownerPolicies,
    resources,
    new ConsentsGivenBack(records, kept, activity),
    database,
    clock,
  );
  const requests = new AccessRequestStore(database);
  const ends = new ToldEnds(policies, requests, resources, history, activity, database);
  return {
    invitations: new Invitations(invitationStore, ownerPolicies, resources, activity, database, clock),
    stops,
    stopping,
    givenBack,
    requests,
    ends,
    ...stores,
    recorder,
    moments,
    history,
    withdrawal,
    ownerPolicies,
    revocation,
  };
}
