import { RuleCases } from './rule-cases.fixture.js';

const cases = new RuleCases();
afterAll(() => cases.work.remove());

const PASSWORD = { env: 'PHOTO_SECRET' };

describe('sign-in and mail', () => {
  cases.refuses([
    [
      'an idle time beyond the lifetime',
      [['sign_in', { session_idle: '2h', session_lifetime: '1h' }]],
      'sign_in.session_idle: must not be longer than sign_in.session_lifetime',
    ],
    [
      'weaker passwords than the least that is recommended',
      [['sign_in', { password_memory: '1MiB' }]],
      'sign_in.password_memory: must be from 19MiB to 1024MiB',
    ],
    [
      'a relay on another machine without protection',
      [['mail', { smtp_host: 'mail.example', smtp_security: 'none' }]],
      'mail.smtp_security: must protect the connection: mail.smtp_host is another machine',
    ],
    ['a port of no relay', [['mail', { smtp_port: 25 }]], 'mail.smtp_port: must not be given without mail.smtp_host'],
    [
      'a user name without password',
      [['mail', { smtp_host: 'mail.example', smtp_username: 'valetkey' }]],
      'mail.smtp_password: is required: user name and password belong together',
    ],
    [
      'a sender that is no address',
      [['mail', { from: 'Valetkey' }]],
      'mail.from: must be an e-mail address, or a name and an address in angle brackets',
    ],
  ]);
  cases.accepts([
    ['a relay on this machine without protection', [['mail', { smtp_host: '127.0.0.1', smtp_security: 'none' }]]],
    [
      'a relay with a password',
      [['mail', { smtp_host: 'mail.example', smtp_username: 'valetkey', smtp_password: PASSWORD }]],
    ],
    ['a sender with a name', [['mail', { from: 'Valetkey <no-reply@as.example>' }]]],
  ]);
});
