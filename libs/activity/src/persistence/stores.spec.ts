import { describeDatabases } from '@valetkey/testing';
import { activityContract } from './activity.store.contract.js';
import { recorderContract } from './recorder.contract.js';

describeDatabases('what happened', activityContract);
describeDatabases('uses and refusals', recorderContract);
