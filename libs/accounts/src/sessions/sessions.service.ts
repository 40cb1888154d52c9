import { Inject, Injectable } from '@nestjs/common';
import type { Duration, Instant, Page, PageRequest } from '@valetkey/kernel';
import { Clock, encodeTime, issueOpaque, newId, opaqueKeyOf } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import { inOneLine } from '@valetkey/shown-text';
import { ACCOUNTS_OPTIONS } from '../accounts-options.js';
import type { AccountsOptions } from '../accounts-options.js';
import type { Session } from '../domain/session.js';
import { sessionExpiry } from '../domain/session.js';
import { PasswordStore } from '../persistence/password.store.js';
import type { StoredSession } from '../persistence/session.store.js';
import { SessionStore } from '../persistence/session.store.js';
import { SignInHistory } from './sign-in-history.service.js';

/** A sign-in, as it is known when its session begins. */
export interface SignedIn {
  readonly accountId: string;
  readonly authTime: Instant;
  /** When she gave the first factor; absent: at `authTime`. */
  readonly firstFactorAt?: Instant;
  readonly acr: string;
  readonly amr: readonly string[];
  /** Id of the passkey that she signed in with; absent for other ways. */
  readonly passkey?: string;
}

/** Between a sign-in and its session the account was disabled, its password changed or its passkey removed. */
export class SignInOutdated extends Error {
  constructor() {
    super('the account was disabled, its password changed or its passkey removed after the sign-in');
    this.name = 'SignInOutdated';
  }
}

const TOUCH_EVERY: Duration = 60_000;
/** More browsers than this nobody has; the oldest session ends. */
const MOST_OF_ACCOUNT = 100;
const LONGEST_ADDRESS = 64;
const LONGEST_USER_AGENT = 256;

/**
 * Sign-in sessions. The browser holds a value that nothing in the database leads back to; every sign-in makes a new one, so that
 * a value from before opens nothing afterwards (attack class 222).
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly store: SessionStore,
    private readonly passwords: PasswordStore,
    private readonly database: Database,
    private readonly history: SignInHistory,
    private readonly clock: Clock,
    @Inject(ACCOUNTS_OPTIONS) private readonly options: Pick<AccountsOptions, 'sessionIdle' | 'sessionLifetime'>,
  ) {}

  /**
   * The session of a cookie's value. `undefined` for none, and for one that ended, was idle too long or whose account is
   * disabled, on every node at once. Notes the use, at most once a minute.
   */
  async find(value: string | undefined): Promise<Session | undefined> {
    const key = opaqueKeyOf(value ?? '', 'ss');
    if (key === undefined) return undefined;
    const now = this.clock.now();
    const found = await this.store.find(key, now);
    if (!found) return undefined;
    const session = toSession(found);
    if (now - session.lastSeenAt < TOUCH_EVERY) return session;
    const expiresAt = sessionExpiry(now, found.endsAt, this.options.sessionIdle);
    const writes = new WriteSet();
    this.store.touch(writes, key, { now, expiresAt });
    await this.database.commit(writes);
    return { ...session, lastSeenAt: now, expiresAt };
  }

  /**
   * Begins a session.
   * @param replaces - the session that the browser presented. It ends; its id goes on when it is the same person's, since
   *   clients know it as `sid`
   * @returns the value for the browser's cookie
   * @throws SignInOutdated
   */
  async begin(
    by: SignedIn,
    where: { readonly address: string; readonly userAgent: string },
    replaces?: Session,
  ): Promise<{ value: string; session: Session }> {
    const continued = replaces?.accountId === by.accountId ? replaces : undefined;
    const now = this.clock.now();
    const writes = new WriteSet();
    if (by.passkey !== undefined) this.store.guardPasskey(writes, by.accountId, by.passkey);
    if (continued) this.store.replace(writes, continued);
    else {
      if (replaces) this.store.end(writes, replaces.id, replaces.accountId, now);
      this.history.tell(writes, by.accountId, 'signed_in', now);
      if (await this.passwords.find(by.accountId)) {
        this.store.guardPassword(writes, by.accountId, by.firstFactorAt ?? by.authTime);
      }
    }
    // After what she signed in with: who takes that away locks the account after it, too.
    this.store.guardEnabled(writes, by.accountId);
    const { value, key } = issueOpaque('ss', now);
    const begun = this.newSession(by, where, continued);
    const session = toSession(begun);
    this.store.insert(writes, key, begun);
    this.store.endOldest(writes, by.accountId, now, MOST_OF_ACCOUNT);
    if (await this.database.tryCommit(writes)) {
      this.history.record('session_begun', by.accountId, session.id);
      return { value, session };
    }
    // The session that was to go on ended meanwhile: then this is a sign-in of its own.
    if (continued) return this.begin(by, where);
    throw new SignInOutdated();
  }

  /**
   * Ends a session of the account.
   * @param how - what she reads of it: `signed_out` where she leaves the browser that it is of
   * @returns false when it has none of that id
   */
  async end(id: string, accountId: string, how: 'signed_out' | 'session_ended' = 'session_ended'): Promise<boolean> {
    const [writes, now] = [new WriteSet(), this.clock.now()];
    this.store.endOne(writes, id, accountId, now);
    this.history.tell(writes, accountId, how, now);
    const isEnded = await this.database.tryCommit(writes);
    if (isEnded) this.history.record('session_ended', accountId, id);
    return isEnded;
  }

  /** Ends all sessions of the account, but the one with the id `except`. @returns how many ended */
  async endAll(accountId: string, except?: string): Promise<number> {
    const [writes, now] = [new WriteSet(), this.clock.now()];
    const others = (await this.store.page(accountId, { limit: 2 }, now)).items.filter(({ id }) => id !== except);
    this.store.endAll(writes, accountId, now, except);
    if (others.length > 0) this.history.tell(writes, accountId, 'sessions_ended', now);
    const [rows = 0] = await this.database.commit(writes);
    this.history.record('sessions_ended', accountId);
    return rows;
  }

  /** Sessions of the account, newest first. */
  async page(accountId: string, request: PageRequest): Promise<Page<Session>> {
    const page = await this.store.page(accountId, request, this.clock.now());
    return { ...page, items: page.items.map(toSession) };
  }

  /** Ids of the sessions of these accounts that have not ended; of disabled accounts none. Looking is no use of them. */
  living(accountIds: Iterable<string>): Promise<ReadonlySet<string>> {
    return this.store.living(accountIds, this.clock.now());
  }

  /** Ends the sessions of disabled accounts; until then they are not found anyway. */
  async endOfDisabled(): Promise<void> {
    const writes = new WriteSet();
    this.store.endOfDisabled(writes, this.clock.now());
    await this.database.commit(writes);
  }

  private newSession(by: SignedIn, where: { address: string; userAgent: string }, continued?: Session): StoredSession {
    const { accountId, authTime, acr, amr, passkey } = by;
    const now = this.clock.now();
    // A second factor, or a new value for the browser, makes no sign-in newer.
    const endsAt = authTime + this.options.sessionLifetime;
    return {
      id: continued?.id ?? newId(`s${encodeTime(now)}`),
      accountId,
      authTime,
      acr,
      amr,
      rotation: (continued?.rotation ?? 0) + 1,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: sessionExpiry(now, endsAt, this.options.sessionIdle),
      address: printable(where.address, LONGEST_ADDRESS),
      userAgent: printable(where.userAgent, LONGEST_USER_AGENT),
      endsAt,
      ...(passkey !== undefined && { passkey }),
    };
  }
}

/** Without the end that only the store needs. */
function toSession(stored: StoredSession): Session {
  const { endsAt, ...session } = stored;
  return { ...session, expiresAt: Math.min(session.expiresAt, endsAt) };
}

/** What a browser says of itself is shown to people: in one line, cut. */
function printable(text: string, longest: number): string {
  return inOneLine(text).slice(0, longest);
}
