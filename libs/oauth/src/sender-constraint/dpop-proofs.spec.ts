import { createPublicKey } from 'node:crypto';
import type { CryptoKey, JWK } from 'jose';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Clock } from '@valetkey/kernel';
import { KeyEncryption } from '@valetkey/keys';
import type { ReplayStore, TokenOptions } from '@valetkey/tokens';
import { DpopNonces } from './dpop-nonces.service.js';
import { accessTokenHash, DpopProofs } from './dpop-proofs.service.js';

const NOW = 1_767_225_600_000;
const ISSUER = 'https://as.willow.example/t1';
const TARGET = `${ISSUER}/token`;
const POST = { method: 'POST', url: '/t1/token' };
const options: TokenOptions = {
  issuer: ISSUER,
  accessTokenLifetime: 1,
  rptLifetime: 1,
  refreshTokenLifetime: 1,
  refreshTokenGrace: 1,
  pctLifetime: 1,
  requireDpopNonce: false,
};

class FixedClock extends Clock {
  time = NOW;
  now(): number {
    return this.time;
  }
}

/** Of the store only that a mark is given once; the rest is the contract suite's. */
function memory(): { store: Pick<ReplayStore, 'claim'>; ends: number[] } {
  const marks = new Set<string>();
  const ends: number[] = [];
  const claim = (issuer: string, id: string, expiresAt: number) => {
    const isNew = !marks.has(`${issuer}\n${id}`);
    marks.add(`${issuer}\n${id}`);
    ends.push(expiresAt);
    return Promise.resolve(isNew);
  };
  return { store: { claim }, ends };
}

function server(given: Partial<TokenOptions> = {}) {
  const clock = new FixedClock();
  const nonces = new DpopNonces(new KeyEncryption(Buffer.alloc(32, 7)));
  const { store, ends } = memory();
  return { clock, ends, proofs: new DpopProofs(store as ReplayStore, nonces, clock, { ...options, ...given }) };
}

let key: { privateKey: CryptoKey; publicKey: CryptoKey };
let jwk: JWK;
let jkt: string;
beforeAll(async () => {
  key = await generateKeyPair('ES256', { extractable: true });
  jwk = await exportJWK(key.publicKey);
  jkt = await calculateJwkThumbprint(jwk);
});

const claims = { jti: 'one', htm: 'POST', htu: TARGET, iat: NOW / 1000 };
const proof = (changed: object = {}, header: object = {}) =>
  new SignJWT({ ...claims, ...changed })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk, ...header })
    .sign(key.privateKey);
const outcomeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'taken',
    ({ code, reason }: { code: string; reason: string }) => [code, reason],
  );
const attempt = async (...texts: (string | Promise<string>)[]) => {
  const dpopHeaders: string[] = [];
  for (const text of texts) dpopHeaders.push(await text);
  return outcomeOf(server().proofs.verify({ ...POST, dpopHeaders }));
};

describe('RFC 8705 §5, RFC 9449 §4.3: the address where certificates are asked for', () => {
  const ALIAS = 'https://mtls.willow.example/t1/token';
  const at = async (htu: string, alias?: string) =>
    outcomeOf(server().proofs.verify({ ...POST, alias, dpopHeaders: [await proof({ htu })] }));
  const another = ['invalid_dpop_proof', 'proof_for_another_request'];

  it('DP-02 takes a proof for either address where the request may have come by it, and for the issuer’s alone else', async () => {
    expect(await at(ALIAS, ALIAS)).toBe('taken');
    expect(await at('HTTPS://MTLS.willow.example:443/t1/%74oken?x=1', `${ALIAS}?y=2`)).toBe('taken');
    expect(await at(TARGET, ALIAS)).toBe('taken');
    expect(await at(ALIAS)).toEqual(another);
  });

  it.each([
    'https://mtls.willow.example/t1/par',
    'https://mtls.willow.example/token',
    'http://mtls.willow.example/t1/token',
  ])('DP-02 181 refuses a proof for %s', async (htu) => expect(await at(htu, ALIAS)).toEqual(another));

  it('DP-02 185 one proof counts once at both addresses', async () => {
    const { proofs } = server();
    const dpopHeaders = [await proof({ htu: ALIAS })];
    await proofs.verify({ ...POST, alias: ALIAS, dpopHeaders });
    const again = { ...POST, alias: `${ALIAS}?again`, dpopHeaders };
    expect(await outcomeOf(proofs.verify(again))).toEqual(['invalid_dpop_proof', 'proof_replayed']);
  });
});

describe('RFC 9449: vectors', () => {
  it('DP-05 the thumbprint of the example key', async () => {
    const example = {
      kty: 'EC',
      crv: 'P-256',
      x: 'R-VEWUEdeT2tzsQqlYsJAzXPTjsGRCC9tKfZOmv1g6E',
      y: 'wCy-p8yfGjxoEWxm_f-Fyv5P3HMLPwFpiyPo4XOV9Qc',
    };
    expect(createPublicKey({ key: example, format: 'jwk' }).asymmetricKeyType).toBe('ec');
    expect(await calculateJwkThumbprint(example)).toBe('8PmXYFApYusR1_UspYw_yG1dZVdhPQIZcscpprnZ3Qg');
  });

  it('DP-06 the hash of the example access token', () => {
    expect(accessTokenHash('at_alice_1')).toBe('LKdSIVLHGO8Nucdn73zMH5Rg8CNRTcIWanyOtiyCLrM');
  });
});

describe('RFC 9449 §4.3: proofs', () => {
  it('DP-01 takes a proof for this request and tells its key', async () => {
    const dpopHeaders = [await proof()];
    expect(await server().proofs.verify({ ...POST, dpopHeaders })).toMatchObject({ jkt, ath: undefined });
  });

  it.each(['ES384', 'EdDSA', 'Ed25519', 'RS256', 'PS256'])('DP-01 takes proofs by %s', async (alg) => {
    const pair = await generateKeyPair(alg, { extractable: true });
    const header = { typ: 'dpop+jwt', alg, jwk: await exportJWK(pair.publicKey) };
    const text = await new SignJWT(claims).setProtectedHeader(header).sign(pair.privateKey);
    expect(await attempt(text)).toBe('taken');
  });

  it.each([
    ['Ed25519', 'EdDSA', 'taken'],
    ['EdDSA', 'Ed25519', 'taken'],
    ['EdDSA', 'ES256', ['invalid_dpop_proof', 'proof_malformed']],
  ])('RFC 9864 §2.2: a proof by %s with a key for %s', async (alg, named, outcome) => {
    const pair = await generateKeyPair(alg, { extractable: true });
    const header = { typ: 'dpop+jwt', alg, jwk: { ...(await exportJWK(pair.publicKey)), alg: named } };
    expect(await attempt(new SignJWT(claims).setProtectedHeader(header).sign(pair.privateKey))).toEqual(outcome);
  });

  it('DP-01 refuses none and two', async () => {
    expect(await attempt()).toEqual(['invalid_dpop_proof', 'proof_not_single']);
    expect(await attempt(proof(), proof({ jti: 'two' }))).toEqual(['invalid_dpop_proof', 'proof_not_single']);
  });

  it('DP-02 refuses the same jti again at the same address, not elsewhere, and remembers it past its last moment', async () => {
    const { proofs, ends } = server();
    const again = async (changed: object, url: string) =>
      outcomeOf(proofs.verify({ method: 'POST', url, dpopHeaders: [await proof(changed)] }));
    expect(await again({}, '/t1/token')).toBe('taken');
    expect(await again({}, '/t1/token')).toEqual(['invalid_dpop_proof', 'proof_replayed']);
    expect(await again({ htu: `${TARGET}?x` }, '/t1/token')).toEqual(['invalid_dpop_proof', 'proof_replayed']);
    expect(await again({ htu: `${ISSUER}/par` }, '/t1/par')).toBe('taken');
    expect(Math.min(...ends)).toBeGreaterThan(NOW + 60_000);
  });

  it.each([
    ['60 s early', -60, 'taken'],
    ['60 s late', 60, 'taken'],
    ['61 s early', -61, ['invalid_dpop_proof', 'proof_not_now']],
    ['61 s late', 61, ['invalid_dpop_proof', 'proof_not_now']],
  ])('DP-02 an iat %s (attack class 181)', async (_what, offset, outcome) => {
    expect(await attempt(proof({ iat: NOW / 1000 + offset }))).toEqual(outcome);
  });

  it.each([
    ['another method', { htm: 'GET' }],
    ['a method in lower case', { htm: 'post' }],
    ['no method', { htm: undefined }],
    ['another path', { htu: `${ISSUER}/userinfo` }],
    ['another host', { htu: 'https://evil.example/t1/token' }],
    ['another scheme', { htu: 'http://as.willow.example/t1/token' }],
    ['another port', { htu: 'https://as.willow.example:8443/t1/token' }],
    ['a slash more', { htu: `${TARGET}/` }],
    ['a name before the host', { htu: 'https://a@as.willow.example/t1/token' }],
    ['a path alone', { htu: '/t1/token' }],
    ['no target', { htu: undefined }],
    ['a list of targets', { htu: [TARGET] }],
  ])('DP-02 refuses a proof for %s (attack class 181)', async (_what, changed) => {
    expect(await attempt(proof(changed))).toEqual(['invalid_dpop_proof', 'proof_for_another_request']);
  });

  it.each([
    ...[{ jti: undefined }, { jti: '' }, { jti: 1 }, { jti: ['one'] }, { jti: 'x'.repeat(257) }, { jti: null }],
    ...[{ ath: 1 }, { exp: NOW / 1000 - 61 }, { nbf: NOW / 1000 + 61 }, { exp: 'soon' }],
  ])('DP-02 refuses %.40j (attack classes 181, 185)', async (changed) => {
    expect(await attempt(proof(changed))).toEqual(['invalid_dpop_proof', 'proof_malformed']);
  });

  it.each([{ iat: undefined }, { iat: NOW }])('DP-02 refuses %j', async (changed) => {
    expect(await attempt(proof(changed))).toEqual(['invalid_dpop_proof', 'proof_not_now']);
  });

  it.each([
    ...['JWT', 'at+jwt', 'DPOP+JWT', 'application/dpop+jwt', 'dpop', '', undefined].map((typ) => ({ typ })),
    ...[{ crit: ['b64'], b64: true }, { b64: true }],
    ...[{ jwk: undefined }, { jwk: null }, { jwk: 'key' }, { jwk: {} }, { jwk: { kty: 'oct', k: 'c2VjcmV0' } }],
  ])('DP-01 refuses the header %j (attack class 181)', async (header) => {
    const text = proof({}, header).catch(() => 'a.b.c');
    expect(await attempt(text)).toEqual(['invalid_dpop_proof', 'proof_malformed']);
  });

  it('DP-01 refuses a key that shows its secret, is for another use, or is another’s (attack classes 78, 81, 82)', async () => {
    const secret = await exportJWK(key.privateKey);
    const other = await exportJWK((await generateKeyPair('ES256', { extractable: true })).publicKey);
    for (const shown of [
      secret,
      other,
      { ...jwk, use: 'enc' },
      { ...jwk, key_ops: ['sign'] },
      { ...jwk, alg: 'ES384' },
      { ...jwk, d: '' },
    ])
      expect(await attempt(proof({}, { jwk: shown }))).toEqual(['invalid_dpop_proof', 'proof_malformed']);
    const hmac = await new SignJWT(claims)
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'HS256', jwk })
      .sign(Buffer.from(JSON.stringify(jwk)));
    expect(await attempt(hmac)).toEqual(['invalid_dpop_proof', 'proof_malformed']);
  });

  it('DP-01 refuses an RSA key that is too small or too large to be worth the work (attack class 96)', async () => {
    const pair = await generateKeyPair('RS256', { extractable: true, modulusLength: 4096 + 8 });
    const header = { typ: 'dpop+jwt', alg: 'RS256', jwk: await exportJWK(pair.publicKey) };
    const text = await new SignJWT(claims).setProtectedHeader(header).sign(pair.privateKey);
    expect(await attempt(text)).toEqual(['invalid_dpop_proof', 'proof_malformed']);
    const small = { kty: 'RSA', n: 'x'.repeat(171), e: 'AQAB' };
    const [, payload = '', signature = ''] = text.split('.');
    const forged = Buffer.from(JSON.stringify({ ...header, jwk: small })).toString('base64url');
    expect(await attempt(`${forged}.${payload}.${signature}`)).toEqual(['invalid_dpop_proof', 'proof_malformed']);
  }, 60_000);

  it('refuses signatures and forms that are not exact (attack classes 77, 80, 91, 93, 94)', async () => {
    const [header = '', payload = '', signature = ''] = (await proof()).split('.');
    const encode = (text: string) => Buffer.from(text).toString('base64url');
    const none = encode(JSON.stringify({ typ: 'dpop+jwt', alg: 'none', jwk }));
    const forms = [
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${none}.${payload}.`,
      `${none}.${payload}.${signature}`,
      `${header}.${encode(JSON.stringify({ ...claims, jti: 'two' }))}.${signature}`,
      `${header}.${payload}.${signature}=`,
      `${header}.${payload}.${signature}.`,
      `${header}. ${payload}.${signature}`,
      `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`,
      JSON.stringify({ protected: header, payload, signature }),
      `${'.'.repeat(5000)}`,
      'x'.repeat(9000),
      '',
    ];
    for (const form of forms) expect(await attempt(form)).toEqual(['invalid_dpop_proof', 'proof_malformed']);
    const twice = `{"jti":"one","jti":"two","htm":"POST","htu":"${TARGET}","iat":${claims.iat}}`;
    const input = `${header}.${encode(twice)}`;
    const signed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, Buffer.from(input));
    const text = `${input}.${Buffer.from(signed).toString('base64url')}`;
    expect(await attempt(text)).toEqual(['invalid_dpop_proof', 'proof_malformed']);
  });
});

describe('RFC 9449 §8: nonces', () => {
  const demanding = () => {
    const { proofs, clock } = server({ requireDpopNonce: true });
    const send = async (nonce: unknown, jti: string) =>
      proofs.verify({ ...POST, dpopHeaders: [await proof({ nonce, jti, iat: clock.time / 1000 })] });
    return { proofs, clock, send };
  };

  it('DP-04 demands a nonce, tells it, and takes it for five to ten minutes (attack class 184)', async () => {
    const { proofs, clock, send } = demanding();
    const nonce = proofs.nextNonce();
    await expect(send(undefined, 'a')).rejects.toMatchObject({
      code: 'use_dpop_nonce',
      status: 400,
      headers: { 'dpop-nonce': nonce },
    });
    await expect(send(nonce, 'a')).resolves.toMatchObject({ jkt });
    clock.time += 299_000;
    await expect(send(nonce, 'b')).resolves.toMatchObject({ jkt });
    clock.time += 1_000;
    expect(proofs.nextNonce()).not.toBe(nonce);
    await expect(send(nonce, 'c')).resolves.toMatchObject({ jkt });
    clock.time += 300_000;
    await expect(send(nonce, 'd')).rejects.toMatchObject({ code: 'use_dpop_nonce' });
  });

  it.each(['', 'x', 1, null, ['x']])('DP-04 asks for another nonce than %j, demanded or not', async (nonce) => {
    await expect(demanding().send(nonce, 'a')).rejects.toMatchObject({ code: 'use_dpop_nonce' });
    expect(await attempt(proof({ nonce }))).toEqual(['use_dpop_nonce', 'proof_without_nonce']);
  });

  it('DP-04 all servers of one key-encryption key have the same nonces, others have not', () => {
    const of = (byte: number) => new DpopNonces(new KeyEncryption(Buffer.alloc(32, byte))).current(NOW);
    expect(of(7)).toBe(of(7));
    expect(of(7)).not.toBe(of(8));
    expect(of(7)).toMatch(/^[\w-]{43}$/);
  });

  it('DP-04 hands out no nonce where none is demanded', () => {
    expect(server().proofs.nextNonce()).toBeUndefined();
  });
});
