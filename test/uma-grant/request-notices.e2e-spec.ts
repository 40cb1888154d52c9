import { query } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { eventually, jobsDone } from '../support/eventually.js';
import { FormBrowser } from '../support/form-browser.js';
import { outbox, sentTo } from '../support/outbox.js';
import { requestingParty, textMember } from '../support/uma.js';
import { DAVE, PASSWORD } from '../support/world.js';
import { arrive, claimsUrl, credentialsOf, GATHERING, galleryOf, givePasswords } from './claims-gathering.js';
import { aliceOf } from './photo-sharing.js';

const TO_ALICE = 'alice@example.org';
const OPTIONS = {
  ...GATHERING,
  config: { uma: { owner_notice_interval: '6s', owner_page: 'https://console.example/requests' } },
};

describeServer('UMA grant: people hear of requests by mail', OPTIONS, (server) => {
  beforeAll(() => givePasswords(server(), 'carol', 'bob', 'alice'));
  const alice = () => aliceOf(server());
  const albumCalled = async (name: string) => {
    const id = await alice().photos.register({ name, resource_scopes: ['view', 'print'] });
    return { id, ticket: () => alice().photos.ticket({ resource_id: id, resource_scopes: ['view'] }) };
  };
  const requestOf = async (id: string) => {
    const { items } = (await alice().owner.get('requests?state=pending&limit=200')).json<{
      items: { id: string; resources: { resource_id: string }[] }[];
    }>();
    const found = items.find(({ resources }) => resources.some((one) => one.resource_id === id));
    if (!found) throw new Error('There is no such request');
    return found.id;
  };

  it('220 an owner hears of the first request soon, of those that follow in one message, of answered ones not', async () => {
    const dave = requestingParty(server(), DAVE, 'print-shop');
    const [first, second, third, answered] = [
      await albumCalled('Winter\nBcc: eve@evil.example'),
      await albumCalled('Spring https://evil.example'),
      await albumCalled('Summer'),
      await albumCalled('Answered'),
    ];
    await dave.present(await first.ticket());
    const message = await sentTo(server(), TO_ALICE, 'Winter');
    expect(message.subject).toMatch(/ asks to see the photos in Winter/);
    for (const part of ['Alice Archer', 'Print shop', 'https://console.example/requests'])
      expect(message.text).toContain(part);
    expect(message.text).not.toMatch(/^Bcc:/m);

    for (const album of [second, third, answered]) await dave.present(await album.ticket());
    // An equal request is the same one: told once.
    await dave.present(await second.ticket());
    await alice().owner.deny(await requestOf(answered.id));
    const gathered = await sentTo(server(), TO_ALICE, 'Summer');
    expect(gathered.subject).toBe('2 requests wait for your answer');
    expect(gathered.text).toContain('Spring https evil.example');
    expect(gathered.text).not.toMatch(/Winter|Answered|evil\.example\/|:\/\/evil/);
    expect((await outbox(server())).filter(({ to, text }) => to === TO_ALICE && /asks to see/.test(text))).toHaveLength(
      2,
    );
  });

  it('the owner who asks for what is hers is led to her console, where she answers; nobody else is', async () => {
    const album = await albumCalled('Mine');
    const asked = async (username: string) => {
      const ticket = textMember(await galleryOf(server()).rpt(await album.ticket()), 403, 'ticket');
      const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket }), username);
      return [shown.text, (await browser.submit(shown, { decision: 'send' })).text];
    };
    const links = [`href="${server().issuer}/console/access"`, 'href="https://console.example/requests"'];
    const [facts, waiting] = await asked('alice');
    expect([facts, waiting]).toEqual(links.map((link) => expect.stringContaining(link) as string));
    const others = await asked('bob');
    for (const link of links) expect(others.join()).not.toContain(link);
  });

  it('a requesting party hears the outcome where she wished to, and sees it by the link: she alone', async () => {
    const album = await albumCalled('Autumn');
    const ticket = textMember(await galleryOf(server()).rpt(await album.ticket()), 403, 'ticket');
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket }), 'bob');
    const waiting = await browser.submit(shown, { decision: 'send' });
    expect(waiting.text).toContain('Send me the answer by e-mail');
    const wished = await browser.submit(waiting, { decision: 'mail' });
    expect(wished.text).toContain('You will get an e-mail');
    expect(wished.text).not.toContain('Send me the answer');

    await alice().owner.approve(await requestOf(album.id));
    const { text, subject } = await sentTo(server(), 'bob@example.org', 'Autumn');
    expect(subject).toBe('Alice Archer has answered');
    const link = /http:\S+\/uma\/requests\/\S+/.exec(text)?.[0] ?? '';
    const later = new FormBrowser(server().issuer);
    const seen = await later.submit(await later.open(link), credentialsOf('bob'));
    expect(seen.text).toContain('has allowed it');
    const carol = new FormBrowser(server().issuer);
    const foreign = await carol.submit(await carol.open(link), credentialsOf('carol'));
    const unknown = await carol.open(`${server().issuer}/uma/requests/q_nothing`);
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
    expect(foreign.text).not.toContain('Autumn');
    await jobsDone(server(), 'send_notices');
    expect(
      (await outbox(server())).filter(
        ({ to, subject }) => to === 'bob@example.org' && subject.endsWith('has answered'),
      ),
    ).toHaveLength(1);
  });

  it('an owner who does not want to hear of requests hears of none, but always of the security of her account', async () => {
    const dave = requestingParty(server(), DAVE, 'print-shop');
    const browser = new FormBrowser(server().issuer);
    const choose = async (decision: string) =>
      browser.submit(await browser.open(`${server().issuer}/account/notices`), { decision });
    const signIn = await browser.open(`${server().issuer}/account/notices`);
    const page = await browser.submit(signIn, credentialsOf('alice'));
    expect(page.text).toContain('On: you get a mail when somebody waits');
    expect((await choose('off')).text).toContain('Off: you see');
    const [unwanted, wanted] = [await albumCalled('Unwanted'), await albumCalled('Wanted')];
    await dave.present(await unwanted.ticket());
    // The job comes to it when an owner is no longer left alone after a message.
    const waiting = () => query(server(), `SELECT request_id FROM request_notice WHERE kind = 'asked'`);
    expect(await eventually(waiting, (rows) => rows.length === 0)).toEqual([]);
    await jobsDone(server(), 'send_notices');
    const { code } = await server().runCommand(['account-password', 'alice'], `${PASSWORD}\n`);
    expect(code).toBe(0);
    const told = async () =>
      (await outbox(server())).filter(({ to, text }) => to === TO_ALICE && text.includes('set a new password')).length;
    expect(await eventually(told, (count) => count > 0)).toBe(1);
    await browser.submit(await browser.open(`${server().issuer}/account/notices`), credentialsOf('alice'));
    expect((await choose('on')).text).toContain('On: you get a mail when somebody waits');
    await dave.present(await wanted.ticket());
    const wish = await sentTo(server(), TO_ALICE, 'Wanted');
    expect(wish.text).toContain(`${server().issuer}/account/notices`);
    expect(JSON.stringify(await outbox(server()))).not.toContain('Unwanted');
  });

  it('who has no address is not asked for it', async () => {
    const album = await albumCalled('Night');
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket: await album.ticket() }));
    const waiting = await browser.submit(shown, { decision: 'send' });
    expect(waiting.text).toContain('has been asked');
    expect(waiting.text).not.toContain('Send me the answer');
  });

  it('A4 a name that was withheld is in no mail', async () => {
    const album = await albumCalled('Withheld');
    const { ticket } = (await galleryOf(server()).rpt(await album.ticket())).json<{ ticket: string }>();
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket }), 'bob');
    await browser.submit(shown, { decision: 'send', 'name.declined': 'yes', 'email.declined': 'yes' });
    const { subject, text } = await sentTo(server(), TO_ALICE, 'Withheld');
    expect(text).toMatch(/Somebody without a name asks to see the photos in Withheld/);
    expect(`${subject} ${text}`).not.toMatch(/Bob Baker|bob@/);
    await alice().owner.deny(await requestOf(album.id));
  });
});

describeServer('UMA grant: an owner whom no page is named to', GATHERING, (server) => {
  it('220 is led to her requests in the console; no link leads nowhere', async () => {
    const alice = aliceOf(server());
    const id = await alice.photos.register({ name: 'Harbour', resource_scopes: ['view'] });
    const ticket = await alice.photos.ticket({ resource_id: id, resource_scopes: ['view'] });
    await requestingParty(server(), DAVE, 'print-shop').present(ticket);
    const { text } = await sentTo(server(), TO_ALICE, 'Harbour');
    const links = text.match(/https?:\/\/\S+/g) ?? [];
    expect(links).toEqual([`${server().issuer}/console/requests`, `${server().issuer}/account/notices`]);
  });
});
