import { RuleCases } from './rule-cases.fixture.js';

const cases = new RuleCases();
afterAll(() => cases.work.remove());

describe('accounts', () => {
  const identity = { issuer: 'https://partner.example', subject: 'a7' };
  cases.refuses([
    ['an id twice', [['accounts.1.id', 'alice']], 'accounts[1].id: is the id of another account'],
    [
      'the id of a client (RFC 9700 §4.15)',
      [['accounts.1.id', 'print-shop']],
      'accounts[1].id: is the client_id of a client',
    ],
    [
      'a username twice, whatever its case',
      [['accounts.1.username', 'Alice']],
      'accounts[1].username: is the username of another account',
    ],
    [
      'an identity of two accounts',
      [['accounts.1.identities', [identity]]],
      'accounts[1].identities[0]: is an identity of another account or listed twice',
    ],
    [
      'an identity twice',
      [['accounts.0.identities', [identity, identity]]],
      'accounts[0].identities[1]: is an identity of another account or listed twice',
    ],
    [
      'an operator without an account',
      [['operators', { accounts: ['alice', 'alcie'] }]],
      'operators.accounts[1]: is no id of `accounts`',
    ],
    ['an e-mail address without @', [['accounts.0.email', 'alice']], 'accounts[0].email: must be an e-mail address'],
    [
      'an unknown time zone',
      [['accounts.0.zone', 'Europe/Atlantis']],
      'accounts[0].zone: must be a time zone such as Europe/Vienna',
    ],
    [
      'a locale that is none',
      [['accounts.0.locale', 'de_AT']],
      'accounts[0].locale: must be a language tag such as de or de-AT',
    ],
    [
      'a password in the file',
      [['accounts.0.password', 'seven small boats at sea']],
      'accounts[0].password: a secret must not stand in this file: give { file: PATH } or { env: NAME }',
    ],
    [
      'a password that is too short, and does not show it',
      [['accounts.0.password', { env: 'BRIEF' }]],
      'accounts[0].password: the secret found there must be at least 12 characters long',
    ],
    [
      'a password that everybody tries',
      [['accounts.0.password', { env: 'COMMON' }]],
      'accounts[0].password: the secret found there is one of the most common passwords',
    ],
    [
      'a password that is not there: none is made up',
      [['accounts.0.password', { env: 'NOWHERE' }]],
      'accounts[0].password.env: the environment variable NOWHERE is not set or empty',
    ],
  ]);
  cases.accepts([['a password in the environment', [['accounts.0.password', { env: 'PHOTO_SECRET' }]]]]);
  cases.accepts([['ids that differ by case only: they compare byte for byte', [['accounts.1.id', 'Alice']]]]);
});
