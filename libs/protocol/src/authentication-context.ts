/**
 * How surely a person signed in (`acr`, OpenID Connect Core section 2): by a password, by two factors, or by a passkey with
 * user verification, which cannot be phished (`phr` of OpenID EAP ACR Values 1.0 section 2).
 */
export const ACR = {
  password: 'urn:valetkey:acr:1',
  twoFactors: 'urn:valetkey:acr:2',
  phishingResistant: 'phr',
} as const;

export type Acr = (typeof ACR)[keyof typeof ACR];

/** What a person signed in with (`amr`, RFC 8176 section 2). */
export const AMR = {
  password: 'pwd',
  oneTimeCode: 'otp',
  hardwareKey: 'hwk',
  softwareKey: 'swk',
  userPresence: 'user',
  multipleFactors: 'mfa',
} as const;

const WEAKEST_FIRST: readonly string[] = [ACR.password, ACR.twoFactors, ACR.phishingResistant];

/** True when `reached` is as sure as `wanted` or surer; false for values that are not ours. */
export function isAcrAtLeast(reached: string, wanted: string): boolean {
  const needed = WEAKEST_FIRST.indexOf(wanted);
  return needed >= 0 && WEAKEST_FIRST.indexOf(reached) >= needed;
}
