import { describeDatabases } from '@valetkey/testing';
import { authorizationExpiryStoreContract } from './authorization-expiry.store.contract.js';
import { authorizationStoreContract } from './authorization.store.contract.js';
import { clientHoldingsContract } from './client-holdings.store.contract.js';
import { ownerEndStoreContract } from './owner-end.store.contract.js';
import { permissionCeilingStoreContract } from './permission-ceiling.store.contract.js';
import { recordGenerationsContract } from './record-generations.store.contract.js';
import { suspensionPaceContract } from '../suspension-pace.contract.js';
import { suspensionStoreContract } from './suspension.store.contract.js';

describeDatabases('authorization records', authorizationStoreContract);
describeDatabases('what clients hold', clientHoldingsContract);
describeDatabases('the ends of an owner', ownerEndStoreContract);
describeDatabases('permission ceilings', permissionCeilingStoreContract);
describeDatabases('generations of records', recordGenerationsContract);
describeDatabases('suspension', suspensionStoreContract);
describeDatabases('suspension of very many', suspensionPaceContract);
describeDatabases('the end of records', authorizationExpiryStoreContract);
