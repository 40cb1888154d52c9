import { POSTGRES, RuleCases } from '../rules/rule-cases.fixture.js';

const cases = new RuleCases();
afterAll(() => cases.work.remove());

describe('members that are not known', () => {
  cases.refuses([
    ['at the root', [['client', []]], 'client: is not a known setting'],
    ['in a group', [['uma.lifetime', '5m']], 'uma.lifetime: is not a known setting'],
    ['in a list', [['clients.0.redirect_uri', []]], 'clients[0].redirect_uri: is not a known setting'],
    ['further down', [['accounts.0.identities.0.iss', 'x']], 'accounts[0].identities[0].iss: is not a known setting'],
    ['a list that is none', [['scopes', { view: 'x' }]], 'scopes: must be a list'],
    ['a group that is none', [['log', 'info']], 'log: must consist of members'],
    ['an entry that is none', [['accounts.2', 'carol']], 'accounts[2]: must consist of members'],
    [
      'too many entries',
      [['scopes', Array.from({ length: 1001 }, (_, index) => ({ name: `s${String(index)}`, display_name: 'S' }))]],
      'scopes: must not have more than 1000 entries',
    ],
  ]);
});

describe('bounds', () => {
  cases.refuses([
    ['port 0', [['listen.port', 0]], 'listen.port: must be from 1 to 65535'],
    ['a port in quotes', [['listen.port', '8080']], 'listen.port: must be a whole number'],
    [
      'a host with brackets',
      [['listen.host', '[::1]']],
      'listen.host: must be a host name or an address (an IPv6 address without brackets)',
    ],
    [
      'a grace of minutes',
      [['tokens.refresh_token_grace', '61s']],
      'tokens.refresh_token_grace: must be from 0s to 60s',
    ],
    ['a ticket of hours', [['uma.ticket_lifetime', '61m']], 'uma.ticket_lifetime: must be from 1s to 1h'],
    [
      'an access token of weeks',
      [['tokens.access_token_lifetime', '7d']],
      'tokens.access_token_lifetime: must be from 1s to 24h',
    ],
    ['a lifetime of broken seconds', [['tokens.rpt_lifetime', '1500ms']], 'tokens.rpt_lifetime: must be whole seconds'],
    [
      'a bare number',
      [['tokens.rpt_lifetime', 600]],
      'tokens.rpt_lifetime: must be a duration with its unit, such as "500ms", "30s", "10m", "12h" or "30d"',
    ],
    [
      'a size without unit',
      [['http.body_limit', 65536]],
      'http.body_limit: must be a size with its unit, such as "64KiB" or "1MiB"',
    ],
    ['a body without limit', [['http.body_limit', '2MiB']], 'http.body_limit: must be from 1KiB to 1MiB'],
    ['batches of nothing', [['jobs.expire_batch', 0]], 'jobs.expire_batch: must be from 1 to 10000'],
    ['half a row', [['jobs.expire_batch', 1.5]], 'jobs.expire_batch: must be a whole number'],
    [
      'a pool of none',
      [
        ['database', { ...POSTGRES, pool: 0 }],
        ['keys.encryption_key', { env: 'KEY' }],
      ],
      'database.pool: must be from 1 to 200',
    ],
    [
      'an unknown log level',
      [['log.level', 'verbose']],
      'log.level: must be one of trace, debug, info, warn, error, fatal, silent',
    ],
    ['yes for true', [['clients.0.enabled', 'yes']], 'clients[0].enabled: must be true or false'],
  ]);
});

describe('RFC 7591 §2.2: wording in several languages', () => {
  cases.refuses([
    [
      'a wrong tag in wording',
      [['scopes.0.display_name#', 'x']],
      'scopes[0].display_name#: must end with a language tag such as de or de-AT',
    ],
    [
      'a language twice',
      [['scopes.0.display_name#DE', 'x']],
      'scopes[0].display_name#DE: gives the same language twice',
    ],
    [
      'wording that is no text',
      [['scopes.0.description#en', 5]],
      'scopes[0].description#en: must be text; put it in quotes',
    ],
    [
      'a purpose without a language',
      [['clients.0.purpose#', 'x']],
      'clients[0].purpose#: must end with a language tag such as de or de-AT',
    ],
    ['a name in a language', [['clients.0.name#de', 'x']], 'clients[0].name#de: is not a known setting'],
  ]);
});
