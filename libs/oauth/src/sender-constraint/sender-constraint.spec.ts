import type { Client } from '@valetkey/clients';
import { DEFAULT_CLIENT_METADATA } from '@valetkey/clients';
import { WriteSet } from '@valetkey/persistence';
import { issue } from '../../../../test/support/certificates.js';
import type { CertificateStatus } from '../client-authentication/certificate-status.service.js';
import type { DpopProof, DpopProofs } from './dpop-proofs.service.js';
import { SenderConstraint } from './sender-constraint.service.js';

const PROOF: DpopProof = { jkt: 'thumbprint', ath: undefined, mark: { issuer: 'dpop', id: 'one', expiresAt: 1 } };
const FREE = { id: 'shop', metadata: DEFAULT_CLIENT_METADATA } as Client;
const BOUND: Client = { ...FREE, metadata: { ...DEFAULT_CLIENT_METADATA, dpopBoundAccessTokens: true } };
const BY_CERTIFICATE: Client = {
  ...FREE,
  metadata: { ...DEFAULT_CLIENT_METADATA, certificateBoundAccessTokens: true },
};
const WITHOUT = { dpopHeaders: [], method: 'POST', url: '/token' };
const WITH = { ...WITHOUT, dpopHeaders: ['proof'] };

function constraint() {
  const used: string[] = [];
  const proofs: Pick<DpopProofs, 'check' | 'useWith'> = {
    check: () => Promise.resolve(PROOF),
    useWith: ({ jkt }) => void used.push(jkt),
  };
  const status: Pick<CertificateStatus, 'problemOf'> = { problemOf: () => undefined };
  return { used, senders: new SenderConstraint(proofs as DpopProofs, status as CertificateStatus) };
}

describe('RFC 9449 §5: which key tokens are bound to', () => {
  it('DP-05 the key of the proof', () => {
    expect(constraint().senders.confirm(WITH, PROOF, FREE)).toEqual({ jkt: 'thumbprint' });
  });

  it('DP-05 none without a proof', () => {
    expect(constraint().senders.confirm(WITHOUT, undefined, FREE)).toBeUndefined();
  });

  it('DP-09 a client whose tokens are always bound is refused without a proof', () => {
    const { senders } = constraint();
    expect(senders.confirm(WITH, PROOF, BOUND)).toEqual({ jkt: 'thumbprint' });
    const refused = expect.objectContaining({ code: 'invalid_dpop_proof', reason: 'proof_missing' }) as Error;
    expect(() => senders.confirm(WITHOUT, undefined, BOUND)).toThrow(refused);
  });

  it('MB-03 RFC 8705 3.4: a client that registered for its certificate is refused without it, a proof or not', () => {
    const refused = expect.objectContaining({ code: 'invalid_request', reason: 'certificate_needed' }) as Error;
    for (const proof of [undefined, PROOF])
      expect(() => constraint().senders.confirm(WITH, proof, BY_CERTIFICATE)).toThrow(refused);
  });

  it('MB-03 RFC 8705 3.4: with it, its tokens are bound to it, and a proof beside it is refused', async () => {
    const { der: certificate, thumbprint } = await issue({ subject: 'CN=app' });
    const { senders } = constraint();
    expect(senders.confirm({ ...WITHOUT, certificate }, undefined, BY_CERTIFICATE)).toEqual({
      'x5t#S256': thumbprint,
    });
    const refused = expect.objectContaining({ code: 'invalid_request', reason: 'proof_beside_certificate' }) as Error;
    expect(() => senders.confirm({ ...WITH, certificate }, PROOF, BY_CERTIFICATE)).toThrow(refused);
  });

  it('DP-04 neither reading a proof nor binding to its key uses it up; that happens with what it leads to', async () => {
    const { used, senders } = constraint();
    const proof = await senders.read(WITH);
    senders.confirm(WITH, proof, FREE);
    const once = senders.once(proof);
    expect(used).toEqual([]);
    once?.useWith(new WriteSet());
    expect(used).toEqual(['thumbprint']);
    expect(senders.once(await senders.read(WITHOUT))).toBeUndefined();
  });
});
