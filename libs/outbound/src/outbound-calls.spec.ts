import { once } from 'node:events';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OutboundCalls } from './outbound-calls.service.js';
import { OutboundFailure } from './outbound-failure.js';

/** Names resolve to what the test says. */
class Calls extends OutboundCalls {
  resolveTo(...addresses: string[]): this {
    this.resolve = () =>
      Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
    return this;
  }
}

const strict = () => new Calls({ privateNetworks: [] });
const lenient = () => new Calls({ privateNetworks: ['127.0.0.0/8'] });
const reasonOf = async (call: Promise<unknown>) => {
  const cause = await call.catch((error: unknown) => error);
  return cause instanceof OutboundFailure ? cause.reason : cause;
};

describe('calls to registered addresses', () => {
  let server: Server;
  let port: number;
  let visits: IncomingMessage[];
  let listener: RequestListener;
  beforeEach(async () => {
    visits = [];
    listener = (_request, response) => void response.end('heard');
    server = createServer((request, response) => {
      visits.push(request);
      listener(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each([
    '127.0.0.1',
    '127.1',
    '0',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    'localhost',
  ])('194, 195 %s is not called unless the operator allows it', async (host) => {
    for (const scheme of ['http', 'https'])
      expect(await reasonOf(strict().call(`${scheme}://${host}:${port}/`, { method: 'GET' }))).toBe(
        'address_forbidden',
      );
    expect(visits).toHaveLength(0);
  });

  it.each(['file:///etc/passwd', 'gopher://x/', 'data:,x', 'ftp://x/', 'nonsense', 'https://user@as.example/'])(
    '198 %s is not called',
    async (address) => {
      expect(await reasonOf(lenient().call(address, { method: 'GET' }))).toBe('address_forbidden');
    },
  );

  it('http does not leave for the internet even where a private network is allowed', async () => {
    const call = lenient().resolveTo('8.8.8.8').call('http://as.example/', { method: 'GET' });
    expect(await reasonOf(call)).toBe('address_forbidden');
  });

  it('196 a name that resolves inside, or both outside and inside, is not called', async () => {
    for (const addresses of [['127.0.0.1'], ['8.8.8.8', '127.0.0.1']]) {
      const call = strict()
        .resolveTo(...addresses)
        .call(`https://rebind.example:${port}/`, { method: 'GET' });
      expect(await reasonOf(call)).toBe('address_forbidden');
    }
    expect(visits).toHaveLength(0);
  });

  it('196 it connects to the address that was checked, whatever the name resolves to by then', async () => {
    const answer = await lenient().resolveTo('127.0.0.1').call(`http://rebind.example:${port}/x`, { method: 'GET' });
    expect([answer, visits[0]?.headers.host]).toEqual([{ status: 200, body: 'heard' }, `rebind.example:${port}`]);
  });

  it('196, 202 a redirect is an answer like any other, and no proxy is asked', async () => {
    listener = (_request, response) => void response.writeHead(302, { location: '/elsewhere' }).end();
    process.env['HTTP_PROXY'] = 'http://127.0.0.1:1';
    const answer = await lenient().call(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'x=1' });
    delete process.env['HTTP_PROXY'];
    expect([answer.status, visits.length]).toEqual([302, 1]);
  });

  it('197 an endless answer, a silent one and none at all end in time', async () => {
    listener = (_request, response) => {
      const timer = setInterval(() => response.write('x'.repeat(65_536)), 5);
      response.on('close', () => clearInterval(timer));
    };
    const address = `http://127.0.0.1:${port}/`;
    expect(await reasonOf(lenient().call(address, { method: 'GET' }))).toBe('too_long');
    listener = () => undefined;
    expect(await reasonOf(lenient().call(address, { method: 'GET' }))).toBe('too_slow');
    server.closeAllConnections();
    server.close();
    expect(await reasonOf(lenient().call(address, { method: 'GET' }))).toBe('connection_failed');
  });
});
