import { Injectable } from '@nestjs/common';
import { KeyEncryption } from './key-encryption.js';

/**
 * Subject identifiers that differ from one sector to the next (OpenID Connect Core section 8.1), so that two resource
 * servers cannot compare notes about a person. Never equal to a client's identifier: they begin with `sub_` (RFC 9068
 * section 5).
 */
@Injectable()
export class PairwiseSubjects {
  private readonly secret: Buffer;

  constructor(private readonly encryption: KeyEncryption) {
    this.secret = encryption.derive('pairwise-subjects');
  }

  /** @param person - what identifies the person inside this server; @param sector - who is told */
  of(person: string, sector: string): string {
    return `sub_${this.encryption.authenticate(this.secret, `${sector}\n${person}`)}`;
  }
}
