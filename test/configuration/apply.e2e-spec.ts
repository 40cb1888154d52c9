import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { ownerApi, protectionApi, requestingParty } from '../support/uma.js';
import { CAROL, DAVE, type Settings } from '../support/world.js';
import { outcome } from '../owner-api/owners.js';
import { changeSettings, dump, entryOf, removeEntry } from './settings-file.js';

const CONNECTIONS = [
  { account: 'alice', client: 'photo-service', scope: 'uma_protection' },
  { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
  { account: 'bob', client: 'photo-service', scope: 'uma_protection' },
];

/** Starts are dear, so each set of changes is made at once and looked at from all sides. */
describeServer('valetkey.yaml is applied at every start', { connections: CONNECTIONS }, (server) => {
  const token = (index: number) => server().connections[index]?.access_token ?? '';
  const photos = () => protectionApi(server(), token(0));
  const owner = () => ownerApi(server(), token(1));
  const asClient = async (client: 'print-shop' | 'other-shop') =>
    outcome(await clientOf(server(), client).clientCredentials({ scope: 'photos.read' }));
  const sharedWith = async (subject: object) => {
    const id = await photos().register({ name: 'Album', resource_scopes: ['view'] });
    await owner().share({ resource_id: id, subject, scopes: ['view'] });
    return id;
  };
  const present = async (album: string, subject: string) => {
    const ticket = await photos().ticket({ resource_id: album, resource_scopes: ['view'] });
    return requestingParty(server(), subject, 'print-shop').present(ticket);
  };
  const ask = async (album: string, subject: string) => outcome(await present(album, subject));
  const wordingOf = async (grantId: string) =>
    (await owner().get(`authorizations/${grantId}`)).json<{ scopes: { name: string }[] }>().scopes[0]?.name;
  const ownerApp = async () => {
    const { items } = (await owner().get('authorizations')).json<{ items: { client: { client_id: string } }[] }>();
    return items.map((item) => item.client).find((client) => client.client_id === 'owner-app');
  };
  const isActive = async (value: string) =>
    (await clientOf(server(), 'photo-service').introspect(value)).json<{ active: boolean }>().active;

  let original = {};
  const before = { shopToken: '', anyones: '', carols: '', grantId: '' };
  const startWith = async (change: (settings: Settings) => void) => {
    await changeSettings(server(), (settings) => {
      Object.assign(settings, structuredClone(original));
      change(settings);
    });
    await server().restart();
  };

  beforeAll(async () => {
    await changeSettings(server(), (settings) => void (original = structuredClone(settings)));
    const issued = await clientOf(server(), 'other-shop').clientCredentials({ scope: 'photos.read' });
    before.shopToken = issued.json<{ access_token: string }>().access_token;
    before.anyones = await sharedWith({ type: 'anyone' });
    before.carols = await sharedWith({ type: 'account', account_id: 'carol' });
    const { access_token: rpt } = (await present(before.anyones, DAVE)).json<{ access_token: string }>();
    before.grantId = (await photos().introspect(rpt)).json<{ grant_id: string }>().grant_id;
  });

  const everythingWorks = async () => {
    expect(await ownerApp()).toEqual({ client_id: 'owner-app', name: 'Owner app' });
    expect([await asClient('print-shop'), await asClient('other-shop')]).toEqual(['200', '200']);
    expect(await isActive(before.shopToken)).toBe(true);
    expect(await ask(before.anyones, DAVE)).toBe('200');
    expect(await ask(before.carols, CAROL)).toBe('200');
    expect((await protectionApi(server(), token(2)).list()).status).toBe(200);
    expect(await wordingOf(before.grantId)).toBe('See the photos');
  };

  it('everything works', everythingWorks);

  it('the same file again changes nothing', async () => {
    await server().stop();
    const rows = await dump(server());
    expect(rows['client']?.length).toBe(8);
    expect(rows['account']?.length).toBe(3);
    await server().restart();
    await server().stop();
    expect(await dump(server())).toEqual(rows);
    await server().restart();
  });

  describe('what was changed or taken out', () => {
    beforeAll(() =>
      startWith((settings) => {
        Object.assign(entryOf(settings, 'clients', 'client_id', 'owner-app'), {
          name: 'My things',
          publisher: 'Friends & Co',
          logo_uri: 'https://logos.example/owner-app.svg',
        });
        entryOf(settings, 'clients', 'client_id', 'print-shop')['scopes'] = ['view'];
        removeEntry(settings, 'clients', 'client_id', 'other-shop');
        removeEntry(settings, 'accounts', 'id', 'bob');
        // Bob's user name is free for somebody else, and Alice and Carol change theirs.
        const carol = entryOf(settings, 'accounts', 'id', 'carol');
        (settings['accounts'] as Settings[]).push({
          id: 'bob-2',
          username: 'bob',
          name: 'Another Bob',
          identities: carol['identities'],
        });
        delete carol['identities'];
        carol['username'] = 'alice';
        entryOf(settings, 'accounts', 'id', 'alice')['username'] = 'carol';
        settings['scopes'] = [];
      }),
    );

    it('IR-40 a client has its new name, publisher and logo', async () => {
      expect(await ownerApp()).toEqual({
        client_id: 'owner-app',
        name: 'My things',
        publisher: 'Friends & Co',
        logo_uri: 'https://logos.example/owner-app.svg',
      });
    });

    it('a client no longer gets a scope it has lost', async () => {
      expect(await asClient('print-shop')).toBe('400 invalid_scope');
    });

    it('a client that is gone stops working with all its tokens', async () => {
      expect(await asClient('other-shop')).toBe('401 invalid_client');
      expect(await isActive(before.shopToken)).toBe(false);
    });

    it('tokens of an account that is gone rest', async () => {
      expect(outcome(await protectionApi(server(), token(2)).list())).toBe('401 invalid_token');
    });

    it('user names change hands', async () => expect((await owner().get('resources')).status).toBe(200));

    it('an identity belongs to the account that has it now', async () => {
      expect(await ask(before.carols, CAROL)).not.toBe('200');
    });

    it('IR-40 a scope without wording is called by its own name', async () => {
      expect(await wordingOf(before.grantId)).toBe('view');
    });
  });

  describe('what was disabled', () => {
    beforeAll(() =>
      startWith((settings) => {
        entryOf(settings, 'clients', 'client_id', 'other-shop')['enabled'] = false;
        entryOf(settings, 'accounts', 'id', 'bob')['enabled'] = false;
        const [issuer] = settings['trusted_issuers'] as Settings[];
        if (issuer) issuer['enabled'] = false;
      }),
    );

    it('a client stops working with all its tokens', async () => {
      expect(await asClient('other-shop')).toBe('401 invalid_client');
      expect(await isActive(before.shopToken)).toBe(false);
    });

    it('an account’s tokens rest', async () => {
      expect(outcome(await protectionApi(server(), token(2)).list())).toBe('401 invalid_token');
    });

    it('an issuer identifies nobody', async () => expect(await ask(before.anyones, DAVE)).not.toBe('200'));
  });

  it('an issuer that is taken out identifies nobody', async () => {
    await startWith((settings) => {
      settings['trusted_issuers'] = [];
      delete entryOf(settings, 'accounts', 'id', 'carol')['identities'];
    });
    expect(await ask(before.anyones, DAVE)).not.toBe('200');
  });

  it('works again with all its tokens when the old file is back', async () => {
    await startWith(() => undefined);
    await everythingWorks();
  });

  it('a file that has become wrong stops the start, and the data stay as they were', async () => {
    await server().stop();
    const rows = await dump(server());
    const wrong = (settings: Settings) =>
      Object.assign(entryOf(settings, 'clients', 'client_id', 'print-shop'), { name: '', scopes: ['a b'] });
    await expect(startWith(wrong)).rejects.toThrow(/ended with 1/);
    expect(await dump(server())).toEqual(rows);
  });
});
