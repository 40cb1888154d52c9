import { fastify } from 'fastify';
import { network } from './network.js';

const problemOf = (value: string) => network().safeParse(value).error?.issues[0]?.message;

describe('addresses and networks of proxies', () => {
  it.each([
    '10.0.0.1',
    '10.0.0.0/8',
    '192.0.2.7/32',
    '0.0.0.0/1',
    '::1',
    'fd00::/8',
    '2001:db8::1/128',
    '::ffff:10.0.0.1',
    '::ffff:10.0.0.0/104',
  ])('%s is one, for the HTTP server too', (value) => {
    expect(problemOf(value)).toBeUndefined();
    expect(() => fastify({ trustProxy: [value] })).not.toThrow();
  });

  const NEITHER = 'must be an IP address or a network such as 10.0.0.0/8 or fd00::/8';
  it.each([
    ['', NEITHER],
    ['proxy.example', NEITHER],
    ['loopback', NEITHER],
    ['true', NEITHER],
    ['10.0.0', NEITHER],
    ['10.0.0.256', NEITHER],
    ['010.0.0.1', NEITHER],
    ['10.0.0.1 ', NEITHER],
    ['10.0.0.1,10.0.0.2', NEITHER],
    ['10.0.0.0/8/8', NEITHER],
    ['[::1]', NEITHER],
    ['fe80::1%eth0', NEITHER],
    ['10.0.0.1:8080', NEITHER],
    ['10.0.0.0/', 'must have a length from 1 to 32 behind the slash'],
    ['10.0.0.0/33', 'must have a length from 1 to 32 behind the slash'],
    ['10.0.0.0/08', 'must have a length from 1 to 32 behind the slash'],
    ['10.0.0.0/255.0.0.0', 'must have a length from 1 to 32 behind the slash'],
    ['fd00::/129', 'must have a length from 1 to 128 behind the slash'],
    ['fd00::/-1', 'must have a length from 1 to 128 behind the slash'],
    ['0.0.0.0/0', 'must not be every address: anybody could name any address then'],
    ['::/0', 'must not be every address: anybody could name any address then'],
    ['::/00', 'must not be every address: anybody could name any address then'],
  ])('%j is refused: %s', (value, problem) => {
    expect(problemOf(value)).toBe(problem);
  });
});
