import { describeDatabases } from '@valetkey/testing';
import { invitationsContract } from '../invitations.contract.js';
import { sharesLifeContract } from '../shares-life.contract.js';
import { clientPoliciesContract } from './client-policies.store.contract.js';
import { decidedRequestsContract } from './decided-requests.contract.js';
import { ownedResourcesContract } from './owned-resource.store.contract.js';
import { processStoresContract } from './permission-ticket.store.contract.js';
import { requestNoticesContract } from './request-notice.store.contract.js';
import { resourceStoresContract } from './resource.store.contract.js';

describeDatabases('stores of UMA processes', processStoresContract);
describeDatabases('stores of resources and policies', resourceStoresContract);
describeDatabases('the resources of an owner', ownedResourcesContract);
describeDatabases('answered requests', decidedRequestsContract);
describeDatabases('messages about requests', requestNoticesContract);
describeDatabases('what an owner takes back from a client itself', clientPoliciesContract);
describeDatabases('the life of shares', sharesLifeContract);
describeDatabases('invitations', invitationsContract);
