import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { NEW_PASSWORD, PASSWORD, people, signedIn } from '../account/people.js';
import { alternativeName, type Identity, issue, pemOfKey } from '../support/certificates.js';
import { describeEngines, ONE_ENGINE } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { logged } from '../support/logged.js';
import { type Engine, type Server, startServer } from '../support/server.js';
import { type RelayManner, type SmtpRelay, startRelay } from '../support/smtp-relay.js';
import { type TlsGround, tlsGround } from '../support/tls.js';

const USER = 'valetkey@relay.example';
const SECRET = 'a relay\'s "own" password: %2B+=';
const NAMES = ['alice', 'bela', 'cora', 'dora', 'edda'];

const certificateOf = async (identity: Identity) => ({ cert: identity.pem, key: await pemOfKey(identity) });
const onThisMachine = (issuer?: Identity, until?: number) =>
  issue({
    subject: 'CN=relay',
    extensions: [alternativeName('ip', '127.0.0.1')],
    ...(issuer && { issuer }),
    ...(until !== undefined && { until }),
  });

interface Site {
  readonly ground: TlsGround;
  readonly relay: SmtpRelay;
  readonly server: Server;
  readonly good: RelayManner;
}

/** A server whose mail goes to a relay on this machine, whose authority it trusts as programs of Node do. */
async function startSite(engine: Engine, security: 'starttls' | 'tls'): Promise<Site> {
  const ground = await tlsGround();
  const certificate = await certificateOf(await onThisMachine(ground.authority));
  const good: RelayManner = { certificate, offersStartTls: true, logins: ['PLAIN', 'LOGIN'], password: SECRET };
  const relay = await startRelay(good, security === 'tls');
  await writeFile(join(ground.folder, 'password'), SECRET, { mode: 0o600 });
  const { config, env } = people(...NAMES);
  const mail = {
    smtp_host: '127.0.0.1',
    smtp_port: relay.port,
    smtp_security: security,
    smtp_username: USER,
    smtp_password: { file: join(ground.folder, 'password') },
  };
  const trusting = { ...env, NODE_EXTRA_CA_CERTS: join(ground.folder, 'ca.pem') };
  const server = await startServer({ engine, config: { ...config, mail }, env: trusting });
  return { ground, relay, server, good };
}

/** Ends a site; nothing that the relay must not learn or the log must not hold was told. */
async function endSite({ relay, server, ground }: Site): Promise<void> {
  const log = server.log();
  await server.dispose();
  await relay.close();
  await ground.dispose();
  for (const secret of [SECRET, Buffer.from(SECRET).toString('base64'), USER]) expect(log).not.toContain(secret);
}

/** Her password is a new one, which she is told by mail. */
async function changePassword(server: Server, name: string): Promise<void> {
  const { browser, shown } = await signedIn(server, name, { page: '/password' });
  const form = { current_password: PASSWORD, password: NEW_PASSWORD, password_again: NEW_PASSWORD };
  expect((await browser.submit(shown, form)).status).toBe(200);
}

const arrived = ({ relay }: Site, name: string) =>
  eventually(
    () => Promise.resolve(relay.taken.filter(({ to }) => to === `${name}@example.org`)),
    (found) => found.length > 0,
  );

/** A message that the relay is not trusted with: the log says why, and the relay learns nothing of it. */
async function expectWaiting(site: Site, name: string, reason: string): Promise<void> {
  const [heard, read] = [site.server.log().length, site.relay.said.length];
  await changePassword(site.server, name);
  await logged(site.server, `"security":"notice_failed","reason":"${reason}"`, heard);
  const since = site.relay.said.slice(read);
  // Neither a message nor who it is for, and no word in the clear but the way to a protected connection.
  expect(since.filter(({ line }) => /^(MAIL|RCPT|DATA)/i.test(line))).toEqual([]);
  const inTheClear = since.filter(({ wasEncrypted }) => !wasEncrypted).map(({ line }) => line.split(' ')[0]);
  expect(inTheClear.filter((word) => word !== 'EHLO' && word !== 'STARTTLS' && word !== 'QUIT')).toEqual([]);
}

describeEngines('RFC 3207, RFC 4954: a relay that is spoken to by STARTTLS', (engine) => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite(engine, 'starttls');
  });
  afterAll(() => endSite(site));

  it.each([['PLAIN'], ['LOGIN']] as const)('takes messages over TLS from who logs in by %s', async (way) => {
    site.relay.behave({ ...site.good, logins: [way] });
    const name = way === 'PLAIN' ? 'alice' : 'bela';
    await changePassword(site.server, name);
    expect(await arrived(site, name)).toMatchObject([{ user: USER, wasEncrypted: true }]);
    const logins = site.relay.said.filter(({ line }) => line.startsWith('AUTH'));
    expect(logins.at(-1)).toMatchObject({ wasEncrypted: true });
    expect(logins.at(-1)?.line).toContain(`AUTH ${way}`);
  });

  it('gets nothing, message or password, until it can be trusted with it; then what waited arrives', async () => {
    const { relay, good } = site;
    // Somebody between us and the relay takes the offer out.
    relay.behave({ ...good, offersStartTls: false });
    await expectWaiting(site, 'cora', 'relay_without_tls');
    relay.behave({ ...good, certificate: await certificateOf(await onThisMachine()) });
    await expectWaiting(site, 'dora', 'relay_not_trusted');
    relay.behave({ ...good, password: 'another one' });
    await expectWaiting(site, 'edda', 'relay_login_refused');
    relay.behave(good);
    for (const name of ['cora', 'dora', 'edda'])
      expect(await arrived(site, name)).toMatchObject([{ user: USER, wasEncrypted: true }]);
  });
});

describe.each(ONE_ENGINE)('RFC 8314: a relay that is spoken to by TLS from the first byte (%s)', (engine) => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite(engine, 'tls');
  });
  afterAll(() => endSite(site));

  it('takes messages from who logs in', async () => {
    await changePassword(site.server, 'alice');
    expect(await arrived(site, 'alice')).toMatchObject([{ user: USER, wasEncrypted: true }]);
  });

  it('gets nothing with a certificate of nobody known, of another machine, or that is over; then what waited arrives', async () => {
    const { authority } = site.ground;
    const elsewhere = issue({
      subject: 'CN=relay',
      issuer: authority,
      extensions: [alternativeName('dns', 'x.example')],
    });
    const wrong = [await onThisMachine(), await elsewhere, await onThisMachine(authority, -1_000)];
    for (const [index, identity] of wrong.entries()) {
      site.relay.behave({ ...site.good, certificate: await certificateOf(identity) });
      await expectWaiting(site, NAMES[index + 1] ?? '', 'relay_not_trusted');
    }
    site.relay.behave(site.good);
    for (const name of NAMES.slice(1, 4)) expect(await arrived(site, name)).toMatchObject([{ wasEncrypted: true }]);
  });

  it('that is away is told of in the log', async () => {
    await site.relay.close();
    const heard = site.server.log().length;
    await changePassword(site.server, 'edda');
    await logged(site.server, '"security":"notice_failed","reason":"relay_unreachable"', heard);
  });
});
