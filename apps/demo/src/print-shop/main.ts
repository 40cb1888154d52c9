import { readFileSync } from 'node:fs';
import { fastify, type FastifyReply } from 'fastify';
import { PAGE_HEADERS } from '../page.js';
import { PICTURE_HEADERS } from '../photo-service/picture.js';
import { demoSettings } from '../settings.js';
import { serve } from '../web-service.js';
import { send } from './http.js';
import { OrderBook } from './order-book.js';
import { indexPage, type ListedAlbum, orderPage } from './pages.js';
import { PartnerSignIn } from './partner-sign-in.js';
import { UmaClient } from './uma-client.js';

const CUSTOMER = 'bob';

const { server, photos, shop, partner, ports, files, typed } = demoSettings();
const secret = readFileSync(files.secret('print-shop'), 'utf8').trim();
const apiKey = readFileSync(files.partnerApiKey, 'utf8').trim();
const orders = new OrderBook(files.orders, {
  send,
  uma: new UmaClient({ clientId: 'print-shop', secret, issuer: server, send }),
  partner: new PartnerSignIn({ issuer: partner, apiKey, send }),
});

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
  return reply.redirect(`/orders/${orders.place(url, CUSTOMER)}`, 303);
});

app.get<{ Params: { number: string } }>('/orders/:number', (request, reply) => {
  const number = Number(request.params.number);
  const order = orders.find(number);
  return order ? showPage(reply, orderPage(number, order, typed)) : reply.code(404).send('No such order.');
});

app.get<{ Params: { number: string } }>('/orders/:number/photo', (request, reply) => {
  const photo = orders.find(Number(request.params.number))?.photo;
  return photo === undefined ? reply.code(404).send('No such photo.') : reply.headers(PICTURE_HEADERS).send(photo);
});

orders.resume();
await serve(app, ports.shop);

function showPage(reply: FastifyReply, content: string) {
  return reply.headers(PAGE_HEADERS).send(content);
}
