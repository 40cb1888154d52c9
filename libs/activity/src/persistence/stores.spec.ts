import { describeDatabases } from '@valetkey/testing';
import { activityContract } from './activity.store.contract.js';

describeDatabases('what happened', activityContract);
