import { ACR, isAcrAtLeast } from './authentication-context.js';

describe('OpenID Connect Core 2: acr', () => {
  const { password, twoFactors, phishingResistant } = ACR;

  it.each([
    [password, password, true],
    [password, twoFactors, false],
    [twoFactors, password, true],
    [twoFactors, phishingResistant, false],
    [phishingResistant, password, true],
    [phishingResistant, phishingResistant, true],
    ['urn:example:gold', password, false],
    [phishingResistant, 'urn:example:gold', false],
    ['urn:example:gold', 'urn:example:gold', false],
  ])('%s for %s: %s', (reached, wanted, enough) => {
    expect(isAcrAtLeast(reached, wanted)).toBe(enough);
  });
});
