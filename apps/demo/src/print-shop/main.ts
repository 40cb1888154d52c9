import { readFileSync } from 'node:fs';
import { fastify, type FastifyReply } from 'fastify';
import { PAGE_HEADERS } from '../page.js';
import { PICTURE_HEADERS } from '../photo-service/picture.js';
import { demoSettings } from '../settings.js';
import { serve } from '../web-service.js';
import { send } from './http.js';
import { indexPage, type ListedAlbum, orderPage } from './pages.js';
import { PartnerSignIn } from './partner-sign-in.js';
import { type OrderTools, PhotoOrder } from './photo-order.js';
import { UmaClient } from './uma-client.js';

const CUSTOMER = 'bob';
const KEPT_ORDERS = 100;

const { server, photos, shop, partner, ports, files } = demoSettings();
const secret = readFileSync(files.secret('print-shop'), 'utf8').trim();
const apiKey = readFileSync(files.partnerApiKey, 'utf8').trim();
const tools: OrderTools = {
  send,
  uma: new UmaClient({ clientId: 'print-shop', secret, issuer: server, send }),
  partner: new PartnerSignIn({ issuer: partner, apiKey, send }),
  pcts: new Map(),
};
const orders = new Map<number, PhotoOrder>();
let lastNumber = 0;

const app = fastify({ bodyLimit: 16_384 });
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
  done(null, new URLSearchParams(String(body)));
});

app.get('/', async (_request, reply) => {
  const { json } = await send({ method: 'GET', url: `${photos}/albums` });
  return showPage(reply, indexPage(CUSTOMER, Object.values(json) as ListedAlbum[]));
});

app.post('/orders', async (request, reply) => {
  // The browser says where the form stood: another site must not be able to order in the customer's name.
  if (request.headers.origin !== undefined && request.headers.origin !== shop) return reply.code(403).send();
  const url = request.body instanceof URLSearchParams ? (request.body.get('photo') ?? '') : '';
  // Only the photo service: the shop's own network is nothing that a customer may explore.
  if (!URL.canParse(url) || new URL(url).origin !== photos)
    return reply.code(400).send('No photo of the photo service.');
  return reply.redirect(`/orders/${place(new PhotoOrder(url, CUSTOMER, tools))}`, 303);
});

app.get<{ Params: { number: string } }>('/orders/:number', (request, reply) => {
  const order = orders.get(Number(request.params.number));
  return order
    ? showPage(reply, orderPage(Number(request.params.number), order))
    : reply.code(404).send('No such order.');
});

app.get<{ Params: { number: string } }>('/orders/:number/photo', (request, reply) => {
  const photo = orders.get(Number(request.params.number))?.photo;
  return photo === undefined ? reply.code(404).send('No such photo.') : reply.headers(PICTURE_HEADERS).send(photo);
});

await serve(app, ports.shop);

/** Starts an order and gives its number. The oldest order makes room. */
function place(order: PhotoOrder): number {
  lastNumber += 1;
  orders.set(lastNumber, order);
  orders.delete(lastNumber - KEPT_ORDERS);
  void order.run();
  return lastNumber;
}

function showPage(reply: FastifyReply, content: string) {
  return reply.headers(PAGE_HEADERS).send(content);
}
