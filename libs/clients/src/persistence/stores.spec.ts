import { describeDatabases } from '@valetkey/testing';
import { clientRegistrationStoreContract } from './client-registration.store.contract.js';
import { clientStoresContract } from './client.store.contract.js';

describeDatabases('stores of clients', clientStoresContract);
describeDatabases('registrations of clients', clientRegistrationStoreContract);
