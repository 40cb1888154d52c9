import type { OnModuleDestroy } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { Persons, Sessions } from '@valetkey/accounts';
import type { ActivityEntry } from '@valetkey/activity';
import { ActivityStore, positionOf } from '@valetkey/activity';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import type { Logger } from 'pino';
import { LOGGER } from '../../http/http-tokens.js';
import { ActivityRows } from '../activity/activity-rows.service.js';
import type { Listener } from './event-stream.js';
import { EventStream } from './event-stream.js';
import type { News } from './news.js';
import { handlesOf, newsOf } from './news.js';

const LOOK_EVERY = 1_000;
/** Servers write at the same time, and their clocks differ: lines may come so much later than their ids say. */
const LOOK_BACK = 5_000;
const LINES_AT_ONCE = 1_000;
const BEAT_EVERY = 15_000;
const SESSIONS_EVERY = 5_000;
const MOST_OF_OWNER = 5;
/** Told to one who comes back; whoever missed more reads everything again anyway. */
const MOST_MISSED = 100;

/**
 * Tells owners who listen what happens to their things, whichever node did it: one statement a second for all of them, and none when
 * nobody listens. A line may be told again to one who comes back. Whom a line of somebody else's is about hears that something is new,
 * and nothing of the line. Streams end with their session, and when the server stops.
 */
@Injectable()
export class OwnerEvents implements OnModuleDestroy {
  private readonly streams = new Set<EventStream>();
  private readonly seen = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private isStopping = false;
  /** Up to when lines were read. */
  private readAt: Instant = 0;
  private sessionsAt: Instant = 0;

  constructor(
    private readonly activity: ActivityStore,
    private readonly rows: ActivityRows,
    private readonly persons: Persons,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws OAuthError 429 for the sixth stream of an owner on this node, 503 when the server is about to stop */
  async listen(listener: Listener): Promise<EventStream> {
    const handles = handlesOf(listener.accountId, await this.persons.identitiesOf(listener.accountId));
    const retry = { 'retry-after': '30' };
    if (this.isStopping) throw new OAuthError('temporarily_unavailable', 'listening_over', retry, 503);
    if (this.of(listener.owner).length >= MOST_OF_OWNER) {
      throw new OAuthError('temporarily_unavailable', 'too_many_streams', retry, 429);
    }
    const stream = new EventStream(listener, handles, this.clock.now());
    stream.output.once('close', () => this.leave(stream));
    try {
      // Before others have their turn: what comes while it reads what it missed is told afterwards, or twice.
      this.enter(stream);
      await this.tellMissed(stream);
    } catch (error) {
      this.leave(stream);
      throw error;
    }
    return stream;
  }

  /** The connection is gone. */
  leave(stream: EventStream): void {
    stream.end();
    this.streams.delete(stream);
    if (this.streams.size > 0) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.seen.clear();
  }

  onModuleDestroy(): void {
    this.isStopping = true;
    for (const stream of this.streams) this.leave(stream);
  }

  private enter(stream: EventStream): void {
    this.streams.add(stream);
    if (this.timer) return;
    this.readAt = this.clock.now();
    this.sessionsAt = this.readAt;
    this.schedule();
  }

  private schedule(): void {
    this.timer = setTimeout(() => void this.look(), LOOK_EVERY);
    this.timer.unref();
  }

  private of(owner: string): EventStream[] {
    return [...this.streams].filter(({ listener }) => listener.owner === owner);
  }

  private async tellMissed(stream: EventStream): Promise<void> {
    const { owner, after } = stream.listener;
    if (after === undefined) return;
    const { items } = await this.activity.page(owner, {}, { limit: MOST_MISSED });
    await this.tell(stream, items.filter(({ id }) => id > after).reverse());
  }

  /** One turn. What fails is tried again in the next one, from where this one began. */
  private async look(): Promise<void> {
    const turn = this.timer;
    try {
      const now = this.clock.now();
      const news = await this.news(now);
      await this.endWithSessions(now, news);
      await Promise.all([...this.streams].map((stream) => this.tellNews(stream, news)));
      for (const stream of this.streams) stream.beat(BEAT_EVERY, now);
    } catch (error) {
      this.logger.warn({ error }, 'owners who listen could not be told what is new');
    }
    // Another turn has begun when everybody left and somebody came meanwhile.
    if (this.timer === turn && this.streams.size > 0) this.schedule();
  }

  /** Lines that were not seen before. */
  private async news(now: Instant): Promise<News> {
    const fresh: ActivityEntry[] = [];
    const begin = positionOf(this.readAt - LOOK_BACK);
    for (let position = begin, isMore = true; isMore;) {
      const lines = await this.activity.after(position, LINES_AT_ONCE);
      fresh.push(...lines.filter(({ id }) => !this.seen.has(id)));
      position = lines.at(-1)?.id ?? position;
      isMore = lines.length === LINES_AT_ONCE;
    }
    for (const { id } of fresh) this.seen.add(id);
    for (const id of this.seen) if (id < begin) this.seen.delete(id);
    this.readAt = now;
    return newsOf(fresh);
  }

  /** Nobody is told anything after the end of her session; who hears nothing is looked at now and then. */
  private async endWithSessions(now: Instant, news: News): Promise<void> {
    const isForAll = now - this.sessionsAt >= SESSIONS_EVERY;
    const looked = [...this.streams].filter((stream) => isForAll || news.isFor(stream));
    if (looked.length === 0) return;
    const living = await this.sessions.living(looked.map(({ listener }) => listener.accountId));
    for (const stream of looked) if (!living.has(stream.listener.sessionId)) this.leave(stream);
    if (isForAll) this.sessionsAt = now;
  }

  private async tellNews(stream: EventStream, news: News): Promise<void> {
    const { owner, after = '' } = stream.listener;
    const lines = news.ofOwner(owner).filter(({ id }) => id > after);
    if (news.isAbout(stream)) stream.tellOfOthers(this.clock.now());
    // What she missed then is told when she comes back.
    await this.tell(stream, lines).catch(() => this.leave(stream));
  }

  private async tell(stream: EventStream, lines: readonly ActivityEntry[]): Promise<void> {
    if (lines.length === 0) return;
    for (const row of await this.rows.of(lines, stream.listener.languages)) stream.tell(row, this.clock.now());
  }
}
