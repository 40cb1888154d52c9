import { Injectable } from '@nestjs/common';
import { PairwiseSubjects } from '@valetkey/keys';

/** How a client wants to hear about people (OpenID Connect Registration section 2), as it registered. */
export interface Relation {
  readonly clientId: string;
  /** Who shares pairwise subjects with it; `null`: it hears the public ones. */
  readonly sector: string | null;
}

/** No sector has this name: a host and a client identifier have no space. */
const PUBLIC = 'public subjects';

/**
 * What a person is called towards a client (OC-04): the same in ID tokens and at UserInfo, never what she is called in
 * here, and never what a client is called.
 */
@Injectable()
export class Subjects {
  constructor(private readonly pairwise: PairwiseSubjects) {}

  /** @param person - `account:<id>` */
  of(person: string, { sector }: Pick<Relation, 'sector'>): string {
    return this.pairwise.of(person, sector ?? PUBLIC);
  }
}
