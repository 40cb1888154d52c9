import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Duration, Instant } from '@valetkey/kernel';
import { KeyEncryption } from '@valetkey/keys';

/** A nonce is handed out this long, and taken for as long again. */
const WINDOW: Duration = 300_000;

/**
 * Nonces for DPoP proofs (RFC 9449 section 8), which show that a proof was not made in advance. Nothing is stored: a nonce is
 * the keyed digest of its time window, so all nodes of one key-encryption key agree on it and nobody else can make one.
 */
@Injectable()
export class DpopNonces {
  private readonly secret: Buffer;

  constructor(private readonly encryption: KeyEncryption) {
    this.secret = encryption.derive('dpop-nonces');
  }

  /** The nonce to hand out now. */
  current(now: Instant): string {
    return this.of(windowOf(now));
  }

  /** Whether the nonce is of this window or a neighbour: the last one, or the next one of a node whose clock is ahead. */
  isValid(nonce: string, now: Instant): boolean {
    const window = windowOf(now);
    const presented = Buffer.from(nonce);
    return [window, window - 1, window + 1]
      .map((one) => Buffer.from(this.of(one)))
      .some((valid) => valid.length === presented.length && timingSafeEqual(valid, presented));
  }

  private of(window: number): string {
    return this.encryption.authenticate(this.secret, String(window));
  }
}

function windowOf(now: Instant): number {
  return Math.floor(now / WINDOW);
}
