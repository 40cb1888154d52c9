import { authorizationRequest } from '../support/authorization-request.js';
import { changeStored } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { givePassword, PASSWORD } from '../support/person.js';
import { registrarOf } from '../support/registrar.js';
import { PHOTOS } from '../support/world.js';

const CALLBACK = 'https://app.globex.example/callback';
const MARKUP = '"><img src=x onerror=alert(1)><b>all</b> {{1}}';

const client = (client_id: string, more: object = {}) => ({
  client_id,
  name: `The ${client_id} planner`,
  type: 'public',
  grant_types: ['authorization_code'],
  redirect_uris: [CALLBACK],
  scopes: ['openid', 'photos.read', 'photos.write'],
  optional_scopes: ['photos.write'],
  audiences: [PHOTOS],
  ...more,
});
const people = (clientId: string, count: number) =>
  `INSERT INTO authorization_record (id, origin, owner, client_id, scopes, root_id, depth, state, created_at, seen_at)
   WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
   SELECT '${clientId}-' || i, 'consent', 'account:p' || i, '${clientId}', '[]', '${clientId}-' || i, 0, 'active', 1, 4000000000000 FROM n`;

describeServer(
  'consent (A3): what a person can go by who does not know the application',
  {
    clients: [
      client('travel', {
        purpose: 'to fill in your travel requests',
        'purpose#de': 'um Ihre Reiseanträge auszufüllen',
        client_uri: 'https://globex.example/about',
      }),
      client('foreign', {
        'purpose#fr': 'pour vos voyages',
        redirect_uris: [CALLBACK, 'https://two.example/back'],
        sector_identifier: 'two.example',
      }),
      client('markup', { purpose: MARKUP }),
      client('few'),
      client('many'),
    ],
    config: {
      registration: { mode: 'open', scopes: ['openid'] },
      scopes: [
        {
          name: 'photos.write',
          level: 'act',
          verb: 'add',
          object: 'travel requests',
          without: 'Without it you enter them yourself.',
          'verb#de': 'anlegen',
          'object#de': 'Reiseanträge',
          'without#de': 'Ohne das tragen Sie sie selbst ein.',
        },
      ],
    },
  },
  (server) => {
    beforeAll(async () => {
      await changeStored(server(), people('few', 19), people('many', 20), people('travel', 1_001));
      await givePassword(server(), 'alice');
    });

    const asked = async (client_id: string, more: Readonly<Record<string, string>> = {}) => {
      const alice = new FormBrowser(server().issuer);
      const scope = 'openid photos.read photos.write';
      const request = authorizationRequest({ client_id, redirect_uri: CALLBACK, scope, ...more });
      const signIn = await alice.open(`${server().issuer}/authorize?${new URLSearchParams(request).toString()}`);
      return (await alice.submit(signIn, { username: 'alice', password: PASSWORD })).text;
    };

    it('what it wants data for stands in its own words, in the language of the page, or marked as another', async () => {
      expect(await asked('travel')).toMatch(/It says: “<span\s*><bdi>to fill in your travel requests<\/bdi>/);
      expect(await asked('travel', { ui_locales: 'de' })).toContain('<bdi>um Ihre Reiseanträge auszufüllen</bdi>');
      expect(await asked('foreign')).toMatch(/<span\s+lang="fr"\s*><bdi>pour vos voyages<\/bdi>/);
      expect(await asked('few')).not.toContain('It says');
    });

    it('attack class 212: its words are text and no more', async () => {
      const page = await asked('markup');
      expect(page).toContain('&lt;b&gt;all&lt;/b&gt;');
      expect(page).not.toMatch(/<img|<b>/);
    });

    it('attack class 212: whoever registers himself says nothing of a purpose, and is at home where people return to', async () => {
      const metadata = {
        purpose: 'to keep your account open',
        client_uri: 'https://bank.example/',
        redirect_uris: [CALLBACK],
      };
      const { client_id, ...told } = await registrarOf(server()).registered(metadata);
      expect(told).not.toHaveProperty('purpose');
      const page = await asked(client_id, { scope: 'openid' });
      expect(page).not.toMatch(/It says|keep your account|bank\.example/);
      expect(page).toContain('<p class="quiet value"><bdi>app.globex.example</bdi></p>');
    });

    it('the host is that of its home page by the operator’s word, else the one of all its return addresses', async () => {
      expect(await asked('travel')).toContain('<p class="quiet value"><bdi>globex.example</bdi>');
      expect(await asked('few')).toContain('<p class="quiet value"><bdi>app.globex.example</bdi></p>');
      const between = await asked('foreign');
      expect(between).not.toContain('two.example');
      expect(between).not.toContain('<p class="quiet value"><bdi>');
    });

    it('how many people here use it is said from 20 on, and counted to a thousand', async () => {
      expect(await asked('few')).not.toContain('used by');
      expect(await asked('many')).toContain('used by 20 people here');
      expect(await asked('travel')).toContain('used by more than 1,000 people here');
      expect(await asked('travel', { ui_locales: 'de' })).toContain('genutzt von mehr als 1.000 Menschen hier');
    });

    it('what stops working without a permission stands with each that she decides about', async () => {
      expect(await asked('travel')).toContain('Without it you enter them yourself.');
      expect(await asked('travel', { ui_locales: 'de' })).toContain('Ohne das tragen Sie sie selbst ein.');
    });
  },
);
