import { describeDatabases } from '@valetkey/testing';
import { tokenCensusContract } from './token-census.store.contract.js';
import { tokenStoresContract } from './token.store.contract.js';

describeDatabases('stores of tokens', tokenStoresContract);
describeDatabases('the count of tokens', tokenCensusContract);
