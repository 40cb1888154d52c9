import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import * as oauth from 'oauth4webapi';
import type { Client, ClientRegistry } from '@valetkey/clients';
import { DEFAULT_CLIENT_METADATA } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import type { KeyRing } from '@valetkey/keys';
import type { ResponseMode } from '@valetkey/protocol';
import { RESPONSE_MODES } from '@valetkey/protocol';
import type { TokenOptions } from '@valetkey/tokens';
import type { ClientKeys } from '../client-authentication/client-keys.service.js';
import type { AuthorizationAnswer } from '../domain/authorization-request/answer.js';
import { Recipients } from '../recipients.service.js';
import { AuthorizationAnswers } from './authorization-answers.service.js';

const ISSUER = 'https://as.example';
const REDIRECT_URI = 'https://shop.example/cb';
const SHOP = {
  id: 'shop',
  metadata: { ...DEFAULT_CLIENT_METADATA, authorizationSignedResponseAlg: 'ES256' },
} as Client;

class PresentClock extends Clock {
  now(): number {
    return Date.now();
  }
}

describe('answers to authorization requests', () => {
  let answers: AuthorizationAnswers;
  let publicKey: CryptoKey;

  beforeAll(async () => {
    const pair = await generateKeyPair('ES256');
    publicKey = pair.publicKey;
    const keyRing: Pick<KeyRing, 'sign'> = {
      sign: (claims, typ, alg = 'RS256') =>
        new SignJWT({ ...claims }).setProtectedHeader({ alg, typ, kid: 'k' }).sign(pair.privateKey),
    };
    const registry: Pick<ClientRegistry, 'find'> = { find: () => Promise.resolve(SHOP) };
    const options = { issuer: ISSUER } as TokenOptions;
    answers = new AuthorizationAnswers(
      keyRing as KeyRing,
      registry as ClientRegistry,
      new Recipients(keyRing as KeyRing, {} as ClientKeys),
      new PresentClock(),
      options,
    );
  });

  const targetOf = (responseMode: ResponseMode, state?: string) => {
    return { clientId: 'shop', redirectUri: REDIRECT_URI, responseMode, ...(state !== undefined && { state }) };
  };
  const parametersOf = (answer: AuthorizationAnswer): URLSearchParams => {
    if (answer.kind === 'form_post') return new URLSearchParams(answer.fields);
    const { search, hash } = new URL(answer.location);
    return new URLSearchParams(hash === '' ? search : hash.slice(1));
  };
  const server: oauth.AuthorizationServer = {
    issuer: ISSUER,
    jwks_uri: `${ISSUER}/jwks`,
    authorization_response_iss_parameter_supported: true,
    authorization_signing_alg_values_supported: ['ES256'],
  };
  const client: oauth.Client = { client_id: 'shop' };

  it.each(RESPONSE_MODES.filter((mode) => !mode.endsWith('.jwt')))(
    'IS-01 attack class 16: name the issuer in %s',
    async (mode) => {
      const success = parametersOf(await answers.success(targetOf(mode, 'st'), 'code1'));
      expect(Object.fromEntries(oauth.validateAuthResponse(server, client, success, 'st'))).toEqual({
        code: 'code1',
        state: 'st',
        iss: ISSUER,
      });
      const error = parametersOf(await answers.error(targetOf(mode), 'login_required', 'Sign in.'));
      expect(Object.fromEntries(error)).toEqual({
        error: 'login_required',
        error_description: 'Sign in.',
        iss: ISSUER,
      });
    },
  );

  it.each(RESPONSE_MODES.filter((mode) => mode.endsWith('.jwt')))(
    'IS-03 are one JWT for the client alone in %s',
    async (mode) => {
      const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] };
      const answer = await answers.success(targetOf(mode, 'st'), 'code1');
      const parameters = parametersOf(answer);
      expect([...parameters.keys()]).toEqual(['response']);
      const options = { [oauth.customFetch]: () => Promise.resolve(Response.json(keys)) };
      const read = (as: oauth.Client) => oauth.validateJwtAuthResponse(server, as, parameters, 'st', options);
      expect((await read(client)).get('code')).toBe('code1');
      await expect(read({ client_id: 'other' })).rejects.toThrow();
      const payload = JSON.parse(
        Buffer.from(parameters.get('response')?.split('.')[1] ?? '', 'base64url').toString(),
      ) as object;
      const { exp, ...claims } = payload as { exp: number };
      expect(claims).toEqual({ code: 'code1', state: 'st', iss: ISSUER, aud: 'shop' });
      expect(exp * 1_000 - Date.now()).toBeLessThanOrEqual(600_000);
      expect(exp * 1_000).toBeGreaterThan(Date.now());
    },
  );
});
