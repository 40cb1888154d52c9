import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import type { Duration } from '@valetkey/kernel';
import { AddressRules } from './address-rules.js';
import { OutboundFailure } from './outbound-failure.js';

/** What the operator configured about calls to others. */
export interface OutboundOptions {
  /** Addresses and networks (CIDR) outside the public internet that may be called; http only there. */
  readonly privateNetworks: readonly string[];
}

export const OUTBOUND_OPTIONS = Symbol('OutboundOptions');

/** What is sent to an address that somebody registered. */
export interface OutboundRequest {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly body: string;
}

/** From the first look-up to the last byte (attack class 197). */
const PATIENCE: Duration = 3_000;
const LONGEST_BODY = 256 * 1024;

type Resolve = (host: string) => Promise<readonly LookupAddress[]>;
const resolveAll: Resolve = (host) => lookup(host, { all: true });

/**
 * Calls addresses that others registered. Only https, only the public internet and what the operator allows, only the very
 * address that was checked (a name that resolves differently a moment later changes nothing), no redirects, no proxy, bounded
 * time and size (attack classes 194 to 198).
 */
@Injectable()
export class OutboundCalls {
  private readonly rules: AddressRules;
  /** Replaced by tests of what names may resolve to. */
  protected resolve: Resolve = resolveAll;

  constructor(@Inject(OUTBOUND_OPTIONS) { privateNetworks }: OutboundOptions) {
    this.rules = new AddressRules(privateNetworks);
  }

  /**
   * @returns any answer, redirects and errors too
   * @throws OutboundFailure when the address may not be called, or no complete answer came
   */
  async call(address: string, request: OutboundRequest): Promise<OutboundAnswer> {
    const url = parse(address);
    const deadline = AbortSignal.timeout(PATIENCE);
    const target = await withDeadline(this.checked(url), deadline);
    return exchange(url, target, request, deadline);
  }

  /** The one address to connect to. Every address of a name must be callable: else somebody mixes inside and outside. */
  private async checked(url: URL): Promise<LookupAddress> {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const family = isIP(host);
    const addresses = family === 0 ? await this.addressesOf(host) : [{ address: host, family }];
    const [first] = addresses;
    if (!first) throw new OutboundFailure('name_unknown');
    if (!addresses.every(({ address }) => this.rules.isCallable(address)))
      throw new OutboundFailure('address_forbidden');
    // Without encryption nothing leaves for the internet, whatever was registered.
    if (url.protocol === 'http:' && new AddressRules([]).isCallable(first.address))
      throw new OutboundFailure('address_forbidden');
    return first;
  }

  private async addressesOf(host: string): Promise<readonly LookupAddress[]> {
    try {
      return await this.resolve(host);
    } catch {
      throw new OutboundFailure('name_unknown');
    }
  }
}

function parse(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    throw new OutboundFailure('address_forbidden');
  return url;
}

function withDeadline<T>(work: Promise<T>, deadline: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    deadline.addEventListener('abort', () => reject(new OutboundFailure('too_slow')), { once: true });
    work.then(resolve, reject);
  });
}

function exchange(
  url: URL,
  { address, family }: LookupAddress,
  { method, headers, body }: OutboundRequest,
  signal: AbortSignal,
): Promise<OutboundAnswer> {
  const options: RequestOptions = {
    method,
    signal,
    // A connection of its own: none that is kept was opened to another address of the name.
    agent: false,
    headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
    lookup: (_host, asked, done) => {
      if (asked.all === true) done(null, [{ address, family }]);
      else done(null, address, family);
    },
  };
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(failureOf(cause, signal));
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    const outgoing = request(url, options, (answer) => void read(answer).then(resolve, fail));
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

async function read(answer: IncomingMessage): Promise<OutboundAnswer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_BODY) {
      answer.destroy();
      throw new OutboundFailure('too_long');
    }
    chunks.push(chunk);
  }
  return { status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') };
}

function failureOf(cause: unknown, deadline: AbortSignal): OutboundFailure {
  if (cause instanceof OutboundFailure) return cause;
  return new OutboundFailure(deadline.aborted ? 'too_slow' : 'connection_failed', cause);
}
