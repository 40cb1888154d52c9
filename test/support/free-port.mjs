import { createServer } from 'node:net';

/** Below the range from which the system takes the ports of outgoing connections (Linux: 32768 and up). */
const FIRST = 20_000;
const COUNT = 12_000;

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether nobody listens there now
 */
const isFree = (port) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/**
 * @returns {Promise<number>} a loopback port that is free now. It stays free with great likelihood, even while a server
 * is restarted: it is drawn at random, and no outgoing connection is given one of these.
 */
export async function freePort() {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) return port;
  }
}
