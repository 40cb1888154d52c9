import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import type { AccountsOptions } from './accounts-options.js';
import { ACCOUNTS_OPTIONS } from './accounts-options.js';
import { AccountsModule } from './accounts.module.js';
import { LostDevices } from './lost-devices/lost-devices.service.js';
import { SignInFactors } from './lost-devices/sign-in-factors.service.js';
import { AccountNotices } from './notices/account-notices.service.js';
import { PasskeyChallenges } from './passkeys/passkey-challenges.service.js';
import { PasskeyRemoval } from './passkeys/passkey-removal.service.js';
import { PasskeyVerifier } from './passkeys/passkey-verifier.service.js';
import { Passkeys } from './passkeys/passkeys.service.js';
import { ConfiguredPasswords } from './passwords/configured-passwords.service.js';
import { FormerAccess } from './passwords/former-access.service.js';
import { NewPasswords } from './passwords/new-passwords.service.js';
import { PasswordHasher } from './passwords/password-hasher.service.js';
import { PasswordRecovery } from './passwords/password-recovery.service.js';
import { Passwords } from './passwords/passwords.service.js';
import { RecoveryLinks } from './passwords/recovery-links.service.js';
import { RecoveryRequests } from './passwords/recovery-requests.service.js';
import { AccountNoticeStore } from './persistence/account-notice.store.js';
import { AccountsExpiryStore } from './persistence/accounts-expiry.store.js';
import { AttemptCounterStore } from './persistence/attempt-counter.store.js';
import { KnownPlaceStore } from './persistence/known-place.store.js';
import { NoticeChoices } from './persistence/notice-choices.store.js';
import { OneTimeCodeStore } from './persistence/one-time-code.store.js';
import { PasskeyStore } from './persistence/passkey.store.js';
import { PasswordStore } from './persistence/password.store.js';
import { Persons } from './persistence/person.store.js';
import { RecoveryCodeStore } from './persistence/recovery-code.store.js';
import { RecoveryLinkStore } from './persistence/recovery-link.store.js';
import { SessionClientStore } from './persistence/session-client.store.js';
import { SessionEndNoticeStore } from './persistence/session-end-notice.store.js';
import { SessionStore } from './persistence/session.store.js';
import { OneTimeCodes } from './second-factor/one-time-codes.service.js';
import { RecoveryCodes } from './second-factor/recovery-codes.service.js';
import { SecondFactorAttempts } from './second-factor/second-factor-attempts.service.js';
import { TotpSecrets } from './second-factor/totp-secrets.service.js';
import { Sessions } from './sessions/sessions.service.js';
import { SignInHistory } from './sessions/sign-in-history.service.js';
import { AttemptLimiter } from './sign-in/attempt-limiter.service.js';
import { KnownPlaces } from './sign-in/known-places.service.js';
import { PasswordCheck } from './sign-in/password-check.service.js';
import { PasswordSignIn } from './sign-in/password-sign-in.service.js';
import { RateLimiter } from './sign-in/rate-limiter.service.js';
import { SignInThrottle } from './sign-in/sign-in-throttle.service.js';

const INTERNAL = [
  AccountNoticeStore,
  AttemptCounterStore,
  FormerAccess,
  KnownPlaceStore,
  NewPasswords,
  OneTimeCodeStore,
  PasskeyChallenges,
  PasskeyStore,
  PasskeyVerifier,
  PasswordCheck,
  PasswordStore,
  RecoveryCodeStore,
  RecoveryLinks,
  RecoveryLinkStore,
  SecondFactorAttempts,
  SignInHistory,
  SessionStore,
  SignInFactors,
  SignInThrottle,
  TotpSecrets,
];

const SERVICES = [
  AccountNotices,
  AccountsExpiryStore,
  AttemptLimiter,
  ConfiguredPasswords,
  KnownPlaces,
  LostDevices,
  NoticeChoices,
  OneTimeCodes,
  PasskeyRemoval,
  Passkeys,
  PasswordHasher,
  PasswordRecovery,
  Passwords,
  PasswordSignIn,
  Persons,
  RateLimiter,
  RecoveryCodes,
  RecoveryRequests,
  SessionClientStore,
  SessionEndNoticeStore,
  Sessions,
];

/** How people sign in: passwords, second factors, passkeys, sessions. Needs `SecurityEvents`, `SignInResults`, `Mail` and `Clock` globally. */
@Module({})
export class SignInModule {
  static with(options: AccountsOptions): DynamicModule {
    return {
      module: SignInModule,
      global: true,
      imports: [AccountsModule],
      providers: [{ provide: ACCOUNTS_OPTIONS, useValue: options }, ...INTERNAL, ...SERVICES],
      exports: SERVICES,
    };
  }
}
