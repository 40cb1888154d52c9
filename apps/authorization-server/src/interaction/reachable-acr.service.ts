import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { OneTimeCodes, Passkeys } from '@valetkey/accounts';
import type { Acr } from '@valetkey/protocol';
import { ACR } from '@valetkey/protocol';

/** How surely a person can sign in, with what she has set up. */
@Injectable()
export class ReachableAcr {
  constructor(
    private readonly codes: OneTimeCodes,
    private readonly passkeys: Passkeys,
  ) {}

  async of({ accountId, acr }: Session): Promise<Acr> {
    if (acr === ACR.phishingResistant || (await this.passkeys.list(accountId)).length > 0) return ACR.phishingResistant;
    return (await this.codes.isEnrolled(accountId)) ? ACR.twoFactors : ACR.password;
  }
}
