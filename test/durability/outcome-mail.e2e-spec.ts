import { createServer, type Server as Relay, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

import { describeEngines } from '../support/engines.js';
import { freePort } from '../support/free-port.mjs';
import { type Server, startServer } from '../support/server.js';
import { storedRows } from '../support/stored-rows.js';
import { textMember } from '../support/uma.js';
import { arrive, claimsUrl, GATHERING, galleryOf, givePasswords } from '../uma-grant/claims-gathering.js';
import { aliceOf } from '../uma-grant/photo-sharing.js';

/** A relay that takes every message but the one with that subject, which it leaves without an answer. */
function relayThatStops(port: number, subject: string): Promise<{ relay: Relay; stopped: Promise<void> }> {
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const speak = (socket: Socket): void => {
    let isData = false;
    let isSilent = false;
    socket.on('error', () => socket.destroy());
    socket.write('220 relay\r\n');
    createInterface(socket).on('line', (line) => {
      if (isData) isSilent ||= line.includes(subject);
      if (isData && line !== '.') return;
      if (isData && isSilent) return stop();
      isData = line === 'DATA';
      socket.write(isData ? '354 go on\r\n' : '250 taken\r\n');
    });
  };
  const relay = createServer(speak);
  return new Promise((resolve) => relay.listen(port, '127.0.0.1', () => resolve({ relay, stopped })));
}

describeEngines('the mail about an outcome', (engine) => {
  let server: Server;
  let relay: Relay;

  afterAll(async () => {
    await server?.dispose();
    relay?.close();
  });

  it('is not lost when the server is killed while the relay has it: it stays to be sent', async () => {
    const port = await freePort();
    const started = await relayThatStops(port, 'Alice Archer has answered');
    relay = started.relay;
    const mail = { smtp_host: '127.0.0.1', smtp_port: port, smtp_security: 'none' };
    server = await startServer({ ...GATHERING, engine, config: { ...GATHERING.config, mail } });
    await givePasswords(server, 'bob');
    const album = await aliceOf(server).album();
    const ticket = textMember(await galleryOf(server).rpt(await album.ticket('view')), 403, 'ticket');
    const { browser, shown } = await arrive(server, claimsUrl(server, { ticket }), 'bob');
    const waiting = await browser.submit(shown, { decision: 'send' });
    await browser.submit(waiting, { decision: 'mail' });
    const { id } = await aliceOf(server).pendingRequest(album);
    await aliceOf(server).owner.approve(id);
    await started.stopped;
    await server.kill9();
    const rows = (await storedRows(engine, server)).get('request_notice');
    expect(rows).toContainEqual(expect.objectContaining({ request_id: id, kind: 'outcome', account_id: 'bob' }));
  });
});
