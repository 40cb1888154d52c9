import { describeDatabases } from '@valetkey/testing';
import { authorizationStoreContract } from './authorization.store.contract.js';
import { permissionCeilingStoreContract } from './permission-ceiling.store.contract.js';

describeDatabases('authorization records', authorizationStoreContract);
describeDatabases('permission ceilings', permissionCeilingStoreContract);
