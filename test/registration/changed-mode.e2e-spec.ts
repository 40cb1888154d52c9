import { changeSettings } from '../configuration/settings-file.js';
import { describeServer } from '../support/engines.js';
import { type Metadata, REDIRECT, type Registered, registrarOf } from '../support/registrar.js';
import type { Settings } from '../support/world.js';
import { OTHERS, PHOTOS } from '../support/world.js';

const IDENTITY = ['address', 'email', 'offline_access', 'openid', 'phone', 'profile'];
const TYPES = [{ type: 'payment', display_name: 'Pay', fields: [] }];
const LIMITS = { clients_per_network: 100, changes_per_client: 100, changes_per_network: 1_000 };
const sorted = (scope: unknown) => String(scope).split(' ').sort();

describeServer(
  'RFC 7592: clients that came while others could, and the operator has changed who may',
  { config: { registration: { mode: 'open', ...LIMITS }, authorization_details_types: TYPES } },
  (server) => {
    let stranger: Registered;
    let invited: Registered;
    const modeIs = async (registration: Settings) => {
      await server().stop();
      await changeSettings(server(), (settings) => {
        settings['registration'] = { ...LIMITS, ...registration };
      });
      await server().restart();
    };
    const change = (who: Registered, metadata: Metadata = {}) => {
      const body = { client_id: who.client_id, redirect_uris: [REDIRECT], ...metadata };
      return registrarOf(server()).manage('PUT', who, body);
    };
    beforeAll(async () => {
      const { registered } = registrarOf(server());
      const token = (await server().runCommand(['registration-token'])).stdout.trim();
      [stranger, invited] = [await registered(), await registered({}, token)];
    });

    it('DC-05 attack classes 206, 210: a token of the operator gives more than coming without, in the same mode', async () => {
      expect((await change(invited)).json()).toMatchObject({ audiences: [PHOTOS, OTHERS] });
      expect((await change(stranger)).json()).toMatchObject({ audiences: [] });
    });

    it('DC-05 attack classes 206, 210: a stranger that changes gets no more when the others need a token', async () => {
      for (const named of [
        {},
        { scopes: ['openid', 'photos.write'], audiences: [PHOTOS], authorization_details_types: ['payment'] },
      ]) {
        await modeIs({ mode: 'initial_access_token', ...named });
        const changed = await change(stranger);
        expect(changed.status).toBe(200);
        const scopes = sorted(changed.json().scope);
        expect(IDENTITY).toEqual(expect.arrayContaining(scopes));
        expect(changed.json()).toMatchObject({ audiences: [] });
        for (const more of [
          { scope: 'photos.write' },
          { audiences: [PHOTOS] },
          { authorization_details_types: ['payment'] },
        ]) {
          const refused = await change(stranger, more);
          expect([refused.status, refused.json().error]).toEqual([400, 'invalid_client_metadata']);
        }
      }
      const changed = (await change(invited)).json();
      expect([sorted(changed.scope), changed.audiences]).toEqual([['openid', 'photos.write'], [PHOTOS]]);
    });

    it('DC-04 attack class 204: where registration is off nobody changes anything, and everybody can look and leave', async () => {
      await modeIs({ mode: 'off' });
      const { manage } = registrarOf(server());
      for (const who of [stranger, invited]) {
        const refused = await change(who, { client_name: 'Changed' });
        expect([refused.status, refused.json().error]).toEqual([403, 'access_denied']);
        expect((await change({ ...who, registration_access_token: 'x' })).status).toBe(401);
        const read = await manage('GET', who);
        expect([read.status, read.json().client_name]).toEqual([200, undefined]);
        expect((await manage('DELETE', who)).status).toBe(204);
        expect((await manage('GET', who)).status).toBe(401);
      }
    });
  },
);
