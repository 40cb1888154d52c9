import { describeDatabases } from '@valetkey/testing';
import { clientRegistryContract } from '../client-registry.contract.js';
import { clientRegistrationStoreContract } from './client-registration.store.contract.js';
import { clientStoresContract } from './client.store.contract.js';
import { operatedClientStoreContract } from './operated-client.store.contract.js';

describeDatabases('stores of clients', clientStoresContract);
describeDatabases('what is known of clients', clientRegistryContract);
describeDatabases('registrations of clients', clientRegistrationStoreContract);
describeDatabases('clients as operators see them', operatedClientStoreContract);
