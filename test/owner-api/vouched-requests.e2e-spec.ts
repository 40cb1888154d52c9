import { describeServer } from '../support/engines.js';
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
});
