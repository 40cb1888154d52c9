import { describeDatabases } from '@valetkey/testing';
import { passkeysContract } from './passkeys/passkeys.contract.js';
import { passwordsContract } from './passwords/passwords.contract.js';
import { sessionClientsContract } from './persistence/session-clients.contract.js';
import { singleUseContract } from './persistence/single-use.contract.js';
import { secondFactorContract } from './second-factor/second-factor.contract.js';
import { sessionsContract } from './sessions/sessions.contract.js';
import { attemptLimiterContract } from './sign-in/attempt-limiter.contract.js';
import { passwordSignInContract } from './sign-in/password-sign-in.contract.js';

describeDatabases('sign-in sessions', sessionsContract);
describeDatabases('who hears of the end of sessions', sessionClientsContract);
describeDatabases('attempts', attemptLimiterContract);
describeDatabases('sign-in by password', passwordSignInContract);
describeDatabases('passwords', passwordsContract);
describeDatabases('second factors', secondFactorContract);
describeDatabases('passkeys', passkeysContract);
describeDatabases('what is used once', singleUseContract);
