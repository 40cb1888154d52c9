import { isForwardedByStranger } from './forwarded-by-stranger.js';

const PEER = '10.0.0.9';
const CLIENT = '203.0.113.5';
const CDN = '198.51.100.7';

describe('attack class 279: a request that somebody passed on who is not configured', () => {
  it.each([
    ['no header, nobody configured', {}, undefined, false],
    ['a header, nobody configured', { 'x-forwarded-for': CLIENT }, undefined, true],
    ['an empty header', { 'x-forwarded-for': '' }, undefined, false],
    ['the connection is not of a configured one', { 'x-forwarded-for': CLIENT }, [PEER], true],
    ['a configured one', { 'x-forwarded-for': CLIENT }, [PEER, CLIENT], false],
    ['a configured one behind one that is not', { 'x-forwarded-for': `${CLIENT}, ${CDN}` }, [PEER, CDN], true],
    ['a header that nobody reads', { 'x-real-ip': CLIENT }, [PEER], true],
    ['the header of RFC 7239', { forwarded: `for=${CLIENT}` }, undefined, true],
    ['both of a configured one', { 'x-forwarded-for': CLIENT, 'x-real-ip': CLIENT }, [PEER, CLIENT], false],
  ])('%s', (_what, headers, ips, expected) => {
    expect(isForwardedByStranger({ headers, ips })).toBe(expected);
  });
});
