import type { Client } from '@valetkey/clients';
import { DEFAULT_CLIENT_METADATA } from '@valetkey/clients';
import type { CertificateStatus } from '../client-authentication/certificate-status.service.js';
import type { DpopProof, DpopProofs } from './dpop-proofs.service.js';
import { SenderConstraint } from './sender-constraint.service.js';

const PROOF: DpopProof = { jkt: 'thumbprint', ath: undefined, mark: { issuer: 'dpop', id: 'one', expiresAt: 1 } };
const FREE = { id: 'shop', metadata: DEFAULT_CLIENT_METADATA } as Client;
const BOUND: Client = { ...FREE, metadata: { ...DEFAULT_CLIENT_METADATA, dpopBoundAccessTokens: true } };
const WITHOUT = { dpopHeaders: [], method: 'POST', url: '/token' };
const WITH = { ...WITHOUT, dpopHeaders: ['proof'] };

function constraint() {
  const used: string[] = [];
  const proofs: Pick<DpopProofs, 'check' | 'use'> = {
    check: () => Promise.resolve(PROOF),
    use: ({ jkt }) => Promise.resolve(void used.push(jkt)),
  };
  const status: Pick<CertificateStatus, 'problemOf'> = { problemOf: () => undefined };
  return { used, senders: new SenderConstraint(proofs as DpopProofs, status as CertificateStatus) };
}

describe('RFC 9449 §5: which key tokens are bound to', () => {
  it('DP-05 the key of the proof, which is used up', async () => {
    const { used, senders } = constraint();
    expect(await senders.of(WITH, FREE)).toEqual({ jkt: 'thumbprint' });
    expect(used).toEqual(['thumbprint']);
  });

  it('DP-05 none without a proof', async () => {
    expect(await constraint().senders.of(WITHOUT, FREE)).toBeUndefined();
  });

  it('DP-09 a client whose tokens are always bound is refused without a proof', async () => {
    expect(await constraint().senders.of(WITH, BOUND)).toEqual({ jkt: 'thumbprint' });
    await expect(constraint().senders.of(WITHOUT, BOUND)).rejects.toMatchObject({
      code: 'invalid_dpop_proof',
      reason: 'proof_missing',
    });
  });

  it('DP-04 reading a proof does not use it up', async () => {
    const { used, senders } = constraint();
    await senders.read(WITH);
    expect(used).toEqual([]);
  });
});
