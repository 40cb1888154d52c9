import { describeServer } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { textMember } from '../support/uma.js';
import { DAVE } from '../support/world.js';
import { clientOf, pushed } from '../support/client.js';
import type { Album } from '../uma-grant/photo-sharing.js';
import { aliceOf } from '../uma-grant/photo-sharing.js';
import { arrive, claimsUrl, GATHERING, galleryOf, givePasswords } from '../uma-grant/claims-gathering.js';

interface VouchedJson {
  readonly id: string;
  readonly vouched: readonly Record<string, string>[];
}

describeServer('O7: who vouched for a requesting party, as its owner reads it', GATHERING, (server) => {
  const alice = () => aliceOf(server());
  const requestOn = async (album: Album) => {
    const { id } = await alice().pendingRequest(album);
    return (await alice().owner.get(`requests/${id}`)).json<VouchedJson>();
  };

  it('a partner: which one, when, and the name and verified address it told; nothing else of its token', async () => {
    const album = await alice().album();
    const claims = { name: 'Dave Doe', email: 'dave@example.org', email_verified: true, department: 'sales' };
    const before = Math.floor(Date.now() / 1000) * 1000;
    const token = await server().world.partner.idToken({ subject: DAVE, audience: server().issuer, claims });
    await clientOf(server(), 'print-shop').rpt(await album.ticket('view'), pushed(token));
    const { vouched } = await requestOn(album);
    expect(vouched).toEqual([
      { partner: 'Example partner', at: expect.any(String) as string, name: 'Dave Doe', email: 'dave@example.org' },
    ]);
    expect(Date.parse(vouched[0]?.['at'] ?? '')).toBeGreaterThanOrEqual(before);
  });

  it('a sign-in here: when and how, and what she gave at the page; what she kept back is not told', async () => {
    await givePasswords(server(), 'bob');
    const album = await alice().album();
    const { ticket } = (await galleryOf(server()).rpt(await album.ticket('view'))).json<{ ticket: string }>();
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket }), 'bob');
    await browser.submit(shown, { decision: 'send', 'name.declined': 'yes' });
    const { vouched } = await requestOn(album);
    expect(vouched).toEqual([{ means: 'password', at: expect.any(String) as string, email: 'bob@example.org' }]);
  });

  it('A4 her name, withheld, is read nowhere: request, share, what happened, what was removed, directory; given, it is', async () => {
    await givePasswords(server(), 'bob');
    const album = await alice().album();
    const { ticket } = (await galleryOf(server()).rpt(await album.ticket('view'))).json<{ ticket: string }>();
    const { browser, shown } = await arrive(server(), claimsUrl(server(), { ticket }), 'bob');
    const waiting = await browser.submit(shown, { decision: 'send', 'name.declined': 'yes' });
    const { id } = await alice().pendingRequest(album);
    const hers = alice().owner;
    const read = async () => [
      (await hers.get(`requests/${id}`)).text,
      (await hers.get(`access?resource_id=${album.id}`)).text,
      (await hers.get(`activity?resource_id=${album.id}&limit=200`)).text,
      (await hers.get('removed?limit=200')).text,
      (await hers.get('directory?q=bob')).text,
    ];
    const request = (await hers.get(`requests/${id}`)).json<{ who: object }>();
    expect(request.who).toMatchObject({ id: 'account:bob', name: 'bob', verification: 'account' });
    expect((await hers.approve(id)).status).toBe(200);
    const { left } = await browser.submit(await browser.open(waiting.url), { decision: 'back' });
    const code = new URL(left?.href ?? '').searchParams.get('ticket') ?? '';
    const rpt = textMember(await galleryOf(server()).rpt(code), 200, 'access_token');
    expect((await alice().photos.introspect(rpt)).json()).toMatchObject({ active: true });
    const kinds = async () =>
      (await hers.get(`activity?resource_id=${album.id}`))
        .json<{ items: { kind: string }[] }>()
        .items.map(({ kind }) => kind);
    expect(await eventually(kinds, (seen) => seen.includes('used'))).toContain('used');
    const { items } = (await hers.get(`access?resource_id=${album.id}`)).json<{
      items: { id: string; holder: { name: string } }[];
    }>();
    expect(items.map(({ holder }) => holder.name)).toEqual(['bob']);
    for (const text of await read()) expect(text).not.toContain('Bob Baker');
    const { access_token: bearer = '' } = server().connections[1] ?? {};
    await server().http.send({ method: 'DELETE', path: `/me/access/${items[0]?.id ?? ''}`, bearer });
    for (const text of await read()) expect(text).not.toContain('Bob Baker');
    expect((await read())[3]).toContain('"name":"bob"');

    const another = await alice().album();
    const { ticket: next } = (await galleryOf(server()).rpt(await another.ticket('view'))).json<{ ticket: string }>();
    const page = await browser.open(claimsUrl(server(), { ticket: next }));
    await browser.submit(page, { decision: 'send' });
    const told = await alice().pendingRequest(another);
    expect((await hers.get(`requests/${told.id}`)).json<{ who: object }>().who).toMatchObject({ name: 'Bob Baker' });
    expect((await hers.get(`requests/${id}`)).text).not.toContain('Bob Baker');
  });
});
