import { describeDatabases } from '@valetkey/testing';
import { clientStoresContract } from './client.store.contract.js';

describeDatabases('stores of clients', clientStoresContract);
