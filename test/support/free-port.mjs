import { createSocket } from 'node:dgram';
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
 * Takes the port as long as this process lives: by the UDP port of that number, which nothing of ours uses and the system frees.
 * @param {number} port
 * @returns {Promise<boolean>} false when another process, or this one, has taken it
 */
const take = (port) =>
  new Promise((resolve) => {
    const mark = createSocket('udp4');
    mark.once('error', () => mark.close(() => resolve(false)));
    mark.bind({ port, address: '127.0.0.1', exclusive: true }, () => {
      mark.unref();
      resolve(true);
    });
  });

/**
 * @param {number} count
 * @returns {Promise<number>} the first of so many loopback ports in a row. They are free now, and stay so until servers of this test
 * listen and while they are restarted: nobody else who asks here gets them as long as this process lives, and no outgoing connection
 * is given one of them.
 */
export async function freePort(count = 1) {
  for (;;) {
    const first = FIRST + Math.floor(Math.random() * (COUNT - count));
    const ports = Array.from({ length: count }, (_, index) => first + index);
    const usable = await Promise.all(ports.map(async (port) => (await take(port)) && (await isFree(port))));
    if (usable.every(Boolean)) return first;
  }
}
