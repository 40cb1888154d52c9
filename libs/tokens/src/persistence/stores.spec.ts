import { describeDatabases } from '@valetkey/testing';
import { tokenStoresContract } from './token.store.contract.js';

describeDatabases('stores of tokens', tokenStoresContract);
