import { describeDatabases } from '@valetkey/testing';
import { signingKeyStoreContract } from './signing-key.store.contract.js';

describeDatabases('signing keys', signingKeyStoreContract);
