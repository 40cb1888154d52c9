import { PassThrough } from 'node:stream';
import type { OwnerId } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import type { ActivityRow } from '@valetkey/owner-contract';
import type { Languages } from '../owner-names.service.js';

/** Whoever reads so slowly that more is waiting comes back later, and begins where he was. */
const MOST_WAITING = 256 * 1024;
/** Milliseconds after which a browser comes back when the connection is lost. */
const COME_BACK_AFTER = 2_000;

/** Who listens. */
export interface Listener {
  readonly owner: OwnerId;
  readonly accountId: string;
  readonly sessionId: string;
  readonly languages: Languages;
  /** Id of the last line that she got on a connection before. */
  readonly after?: string;
}

/** One connection on which an owner hears of news (server-sent events, HTML section 9.2). */
export class EventStream {
  readonly output = new PassThrough();
  private lastWrite: Instant;

  constructor(
    readonly listener: Listener,
    /** Handles by which lines of other owners name her. */
    readonly handles: ReadonlySet<string>,
    now: Instant,
  ) {
    this.lastWrite = now;
    this.output.write(`retry: ${COME_BACK_AFTER}\n\n`);
  }

  /** JSON has no line ends of its own, so a line is one field. */
  tell(row: ActivityRow, now: Instant): void {
    this.write(`id: ${row.id}\nevent: activity\ndata: ${JSON.stringify(row)}\n\n`, now);
  }

  /**
   * Something that others gave her, or that she asked them for, is new: what it is, and whose, she reads where she may. It has no id, so
   * that she begins again behind the last line of her own, and it has data because browsers hand on nothing without.
   */
  tellOfOthers(now: Instant): void {
    this.write('event: news\ndata: {}\n\n', now);
  }

  /** Keeps proxies from taking it for dead, when nothing was written for so long. */
  beat(every: number, now: Instant): void {
    if (now - this.lastWrite >= every) this.write(':\n\n', now);
  }

  end(): void {
    if (!this.output.writableEnded) this.output.end();
  }

  private write(text: string, now: Instant): void {
    if (this.output.writableEnded || this.output.destroyed) return;
    this.lastWrite = now;
    this.output.write(text);
    if (this.output.writableLength + this.output.readableLength > MOST_WAITING) this.output.destroy();
  }
}
