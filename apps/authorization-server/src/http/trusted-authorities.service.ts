import type { X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import type { RevocationList } from '@valetkey/oauth';
import { CertificateAuthorities } from '@valetkey/oauth';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { systemErrorCode } from '../config/source/bounded-file.js';
import { nameOf, readRevocationLists } from '../config/source/revocation-list-files.js';
import { CONFIG, LOGGER } from './http-tokens.js';

const LOOK_EVERY = 2_000;

/** The authorities of the settings, and what they took back: new lists count without a restart. */
@Injectable()
export class TrustedAuthorities extends CertificateAuthorities {
  readonly certificates: readonly X509Certificate[];
  private readonly files: readonly string[];
  private lists: ReadonlyMap<X509Certificate, RevocationList>;
  /** How the files were when they were last read here; the first look reads them again, since the start was before it. */
  private seen: string | undefined;
  /** What was told to be overdue, so that it is told once. */
  private readonly told = new WeakSet<RevocationList>();

  constructor(
    @Inject(CONFIG) { tls }: Config,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly clock: Clock,
  ) {
    super();
    this.certificates = tls.certificateAuthorities;
    this.files = tls.revocationLists.files;
    this.lists = tls.revocationLists.found;
  }

  get revocationLists(): ReadonlyMap<X509Certificate, RevocationList> {
    return this.lists;
  }

  /** When the first list is due to be replaced; `undefined` without lists. */
  get nextUpdate(): number | undefined {
    const all = [...this.lists.values()].map(({ nextUpdate }) => nextUpdate);
    return all.length === 0 ? undefined : Math.min(...all);
  }

  /** Looks for new lists from now on, for as long as the process runs. */
  watch(): void {
    if (this.files.length === 0) return;
    this.tellOverdue();
    setInterval(() => this.look(), LOOK_EVERY).unref();
  }

  /** While new files cannot be used, the lists of before stay, until they are overdue. */
  private look(): void {
    const before = this.seen;
    this.seen = this.files.map(stateOf).join('\n');
    if (this.seen !== before) this.read(before === undefined);
    this.tellOverdue();
  }

  private read(isFirst: boolean): void {
    try {
      this.lists = readRevocationLists(this.files, this.certificates);
      if (!isFirst) this.logger.info('new lists of revoked certificates are in use');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.logger.error({ reason }, 'the new lists of revoked certificates cannot be used');
    }
  }

  private tellOverdue(): void {
    for (const [authority, list] of this.lists) {
      if (list.nextUpdate > this.clock.now() || this.told.has(list)) continue;
      this.told.add(list);
      const of = { authority: nameOf(authority), nextUpdate: new Date(list.nextUpdate).toISOString() };
      this.logger.error(of, 'a list of revoked certificates is overdue: certificates of its authority are refused');
    }
  }
}

/** Changes with the content of a file, as programs that replace files write them. */
function stateOf(file: string): string {
  try {
    const { ino, size, mtimeNs } = statSync(file, { bigint: true });
    return `${ino} ${size} ${mtimeNs}`;
  } catch (error) {
    return systemErrorCode(error);
  }
}
