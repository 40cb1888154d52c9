import type { Vouching as VouchingAnswer } from '@valetkey/owner-contract';
import { ACR } from '@valetkey/protocol';
import type { Vouching } from '@valetkey/uma';
import { isoText } from '../iso-text.js';
import type { ConsoleWords } from '../naming/console-words.js';

const MEANS: Readonly<Record<string, VouchingAnswer['means']>> = {
  [ACR.password]: 'password',
  [ACR.twoFactors]: 'two_steps',
  [ACR.phishingResistant]: 'passkey',
};

/** Who said who somebody is, as the owner reads it. */
export function vouchingAnswer({ issuer, at, acr, name, email }: Vouching, words: ConsoleWords): VouchingAnswer {
  const means = acr === undefined ? undefined : MEANS[acr];
  return {
    at: isoText(at) ?? '',
    ...(acr === undefined && { partner: words.subjects.partnerName(issuer) }),
    ...(means !== undefined && { means }),
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
  };
}
