import { describeServer } from '../support/engines.js';
import { requestingParty } from '../support/uma.js';
import { CAROL, PASSWORD, PASSWORD_VARIABLE } from '../support/world.js';
import { aliceOf, ALICES_CONNECTIONS, ANYONE } from '../uma-grant/photo-sharing.js';
import { signedIn } from './people.js';

const SET_UP = { connections: ALICES_CONNECTIONS, env: { [PASSWORD_VARIABLE]: PASSWORD }, issuerPath: '/t1' };
const inWords = (text: string) => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describeServer('applications with access that others use', SET_UP, (server) => {
  it('G16 the page says who uses a share, with what, and where only the partner knows her, who vouches for her', async () => {
    const alice = aliceOf(server());
    const album = await alice.album('view', 'print');
    await album.share(ANYONE, ['view']);
    // Neither the account's record nor the partner's word on a stranger holds a name.
    for (const subject of [CAROL, 'nobody-7'])
      await requestingParty(server(), subject, 'print-shop').rpt(await album.ticket('view'));
    const { browser, shown } = await signedIn(server(), 'alice', { page: '/applications' });
    const rows = inWords(shown.text)
      .split('Print shop')
      .slice(1)
      .filter((row) => row.includes('used by'));
    expect(rows).toHaveLength(2);
    const { issuer } = server().world.partner;
    expect(rows.filter((row) => /used by carol .* for Album /.test(row))).toHaveLength(1);
    const unnamed = rows.filter((row) => row.includes(`used by somebody without a name, whom ${issuer} vouches for`));
    expect(unnamed).toHaveLength(1);
    expect(shown.text).not.toContain('nobody-7');
    // What an RPT is worth is asked for here: nothing of it goes on.
    expect(shown.text).not.toContain('at the latest');
    const [, id = ''] = /name="authorization"\s+value="([^"]+)"/.exec(shown.text) ?? [];
    const after = inWords((await browser.submit(shown, { authorization: id })).text);
    expect(after).toContain('The access was revoked. ');
    expect(after).not.toContain('at the latest');
  });
});
