import { describeDatabases } from '@valetkey/testing';
import { trustedIssuerStoreContract } from './trusted-issuer.store.contract.js';

describeDatabases('trusted issuers', trustedIssuerStoreContract);
