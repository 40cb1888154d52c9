import { randomUUID } from 'node:crypto';
import type { SecurityEvent } from '@valetkey/audit';
import { ActivityStore } from '@valetkey/activity';
import { SecurityEvents } from '@valetkey/audit';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { KeyEncryption } from '@valetkey/keys';
import type { MailMessage } from '@valetkey/mail';
import { Mail } from '@valetkey/mail';
import type { OpenDatabase, WriteSet } from '@valetkey/persistence';
import { Administration } from '@valetkey/persistence';
import type { AccountsOptions } from './accounts-options.js';
import type { Person } from './domain/person.js';
import { LostDevices } from './lost-devices/lost-devices.service.js';
import { SignInFactors } from './lost-devices/sign-in-factors.service.js';
import { AccountNotices } from './notices/account-notices.service.js';
import { SignInResults } from './domain/sign-in-results.js';
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
import { AccountStore } from './persistence/account.store.js';
import { AccountsExpiryStore } from './persistence/accounts-expiry.store.js';
import { AttemptCounterStore } from './persistence/attempt-counter.store.js';
import { KnownPlaceStore } from './persistence/known-place.store.js';
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

export const NOW = 1_800_000_000_000;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const PASSWORD = 'seven small boats at sea';

export class SetClock extends Clock {
  time: Instant = NOW;

  now(): Instant {
    return this.time;
  }
}

class RememberedEvents extends SecurityEvents {
  readonly all: SecurityEvent[] = [];

  record(event: SecurityEvent): void {
    this.all.push(event);
  }
}

class RememberedMail extends Mail {
  readonly sent: MailMessage[] = [];

  send(message: MailMessage): Promise<void> {
    this.sent.push(message);
    return Promise.resolve();
  }
}

/** In the place of tokens: says whose were to become void. */
class RememberedResults extends SignInResults {
  readonly voided: string[] = [];

  void(_writes: WriteSet, accountId: string): void {
    this.voided.push(accountId);
  }
}

/** Weak parameters: these tests are not about how long argon2id takes. */
export const OPTIONS: AccountsOptions = {
  issuer: 'https://as.example',
  passwordMemory: 64 * 1024,
  passwordIterations: 1,
  sessionIdle: 30 * MINUTE,
  sessionLifetime: 12 * HOUR,
  recoveryLinkLifetime: 15 * MINUTE,
};

/** One node with everything of this library on it; several on one database make a cluster. */
export function accountsNode({ database, dataSource }: OpenDatabase, options: AccountsOptions = OPTIONS) {
  const clock = new SetClock();
  const events = new RememberedEvents();
  const mail = new RememberedMail();
  const encryption = new KeyEncryption(Buffer.alloc(32, 7));
  const persons = new Persons(database);
  const passwordStore = new PasswordStore(database);
  const sessionStore = new SessionStore(database);
  const linkStore = new RecoveryLinkStore(database);
  const oneTimeCodeStore = new OneTimeCodeStore(database);
  const passkeyStore = new PasskeyStore(database);
  const accounts = new AccountStore(database, clock);
  const hasher = new PasswordHasher(options, clock);
  const results = new RememberedResults();
  const former = new FormerAccess(sessionStore, linkStore, accounts, results);
  const news = new NewPasswords(passwordStore, former, database, events, clock);
  const counters = new AttemptCounterStore(database);
  const limiter = new AttemptLimiter(counters, database, encryption, clock);
  const activity = new ActivityStore(database, clock);
  const notices = new AccountNotices(new AccountNoticeStore(database), limiter, database, events, clock, activity);
  const places = new KnownPlaces(new KnownPlaceStore(database), limiter, database, clock);
  const throttle = new SignInThrottle(limiter, places, database);
  const check = new PasswordCheck(persons, passwordStore, hasher, database);
  const links = new RecoveryLinks(linkStore, database, clock, options);
  const attempts = new SecondFactorAttempts(limiter, places, events);
  const codeStore = new RecoveryCodeStore(database);
  const factors = new SignInFactors(passwordStore, oneTimeCodeStore, codeStore, passkeyStore);
  const totp = new TotpSecrets(encryption, clock, options);
  const verifier = new PasskeyVerifier(new PasskeyChallenges(passkeyStore, database, clock), options);
  return {
    clock,
    events,
    results,
    mail,
    persons,
    passwordStore,
    hasher,
    limiter,
    places,
    rates: new RateLimiter(counters, database, limiter, clock),
    notices,
    passwords: new Passwords(passwordStore, news, hasher, limiter, notices),
    configured: new ConfiguredPasswords(passwordStore, news, hasher, encryption, notices),
    signIn: new PasswordSignIn(check, throttle, oneTimeCodeStore, events, clock),
    sessionClients: new SessionClientStore(),
    endNotices: new SessionEndNoticeStore(database),
    sessions: new Sessions(sessionStore, passwordStore, database, new SignInHistory(activity, events), clock, options),
    requests: new RecoveryRequests(persons, links, limiter, mail, events),
    recovery: new PasswordRecovery(persons, links, news, hasher, throttle, notices),
    oneTimeCodes: new OneTimeCodes(oneTimeCodeStore, attempts, database, totp, notices, clock),
    recoveryCodes: new RecoveryCodes(codeStore, attempts, database, notices),
    passkeys: new Passkeys(passkeyStore, verifier, database, events, notices, clock),
    passkeyRemoval: new PasskeyRemoval(passkeyStore, former, notices, database, events, clock),
    lostDevices: new LostDevices(factors, former, notices, database, events, clock),
    expiry: new AccountsExpiryStore(database),
    accounts,
    administration: new Administration(dataSource),
  };
}

export type AccountsNode = ReturnType<typeof accountsNode>;

/** A person with an account of her own, whose name nobody else has. */
export async function newPerson({ dataSource }: OpenDatabase, fields: Partial<Person> = {}): Promise<Person> {
  const id = `u_${randomUUID()}`;
  const person: Person = {
    ...{ id, username: id, name: 'Alice', email: `${id}@example.org`, locale: null, zone: null, enabled: true },
    ...fields,
  };
  const emailKey = person.email === null ? 'NULL' : `'${person.email.toLowerCase()}'`;
  const email = person.email === null ? 'NULL' : `'${person.email}'`;
  await dataSource.query(
    `INSERT INTO account (id, username, name_key, name, email, email_key, enabled, managed_by, created_at)
     VALUES ('${id}', '${person.username}', '${person.username.toLowerCase()}', '${person.name}', ${email}, ${emailKey},
       ${person.enabled ? 'true' : 'false'}, 'operator', ${NOW})`,
  );
  return person;
}

/** The same with {@link PASSWORD}. */
export async function newMember(open: OpenDatabase, node: AccountsNode, fields: Partial<Person> = {}): Promise<Person> {
  const person = await newPerson(open, fields);
  const problem = await node.passwords.set(person, PASSWORD);
  if (problem !== undefined) throw new Error(problem);
  return person;
}

/** Signs in by {@link PASSWORD}, at a place that is known from then on. @returns the device's value; '' when it did not work */
export async function cameIn(node: AccountsNode, { id, username }: Person, address: string, device?: string) {
  const { outcome } = await node.signIn.attempt(username, PASSWORD, address, device);
  return outcome === 'accepted' ? node.places.remember(id, { address, device }) : '';
}

export async function setEnabled({ dataSource }: OpenDatabase, id: string, enabled: boolean): Promise<void> {
  await dataSource.query(`UPDATE account SET enabled = ${enabled ? 'true' : 'false'} WHERE id = '${id}'`);
}
