import { SetClock } from '@valetkey/testing';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Metrics } from './metrics.service.js';

const observed = async (type: string) => {
  const metrics = new Metrics(new SetClock(0));
  const request = { method: 'GET', routeOptions: { url: '/me/events' } } as unknown as FastifyRequest;
  const reply = { statusCode: 200, elapsedTime: 60_000, getHeader: () => type } as unknown as FastifyReply;
  metrics.observeRequest(request, reply);
  return (await metrics.registry.metrics()).includes('/me/events');
};

describe('the duration of requests', () => {
  it.each([
    ['text/event-stream', false],
    ['text/event-stream; charset=utf-8', false],
    ['application/json', true],
  ])('of an answer of type %s is measured: %s', async (type, expected) => {
    expect(await observed(type)).toBe(expected);
  });
});
