import { readFileSync } from 'node:fs';
import { fastify, type FastifyReply, type FastifyRequest } from 'fastify';
import { pageHeaders } from '../page.js';
import { PICTURE_HEADERS } from '../photo-service/picture.js';
import { demoSettings } from '../settings.js';
import { serve } from '../web-service.js';
import { ClaimsRoutes } from './claims.routes.js';
import { CustomerSignIn } from './customer-sign-in.js';
import { send } from './http.js';
import { OrderBook } from './order-book.js';
import { indexPage, type ListedAlbum, orderPage, welcomePage } from './pages.js';
import { PartnerSignIn } from './partner-sign-in.js';
import { SignInRoutes } from './sign-in.routes.js';
import { UmaClient } from './uma-client.js';

const { server, photos, shop, partner, ports, files, typed } = demoSettings();
const CLIENT_ID = 'print-shop';
const secretIn = (path: string) => readFileSync(path, 'utf8').trim();
const secret = secretIn(files.secret(CLIENT_ID));
const uma = new UmaClient({ clientId: CLIENT_ID, secret, issuer: server, send });
const orders = new OrderBook(files.orders, {
  send,
  uma,
  partner: new PartnerSignIn({ issuer: partner, apiKey: secretIn(files.partnerApiKey), send }),
});
const people = new SignInRoutes({
  signIn: new CustomerSignIn({
    issuer: server,
    clientId: CLIENT_ID,
    secret,
    callback: `${shop}/callback`,
    home: `${shop}/`,
  }),
  shop,
  cookieKey: secretIn(files.shopCookieKey),
  show: showPage,
});

const claims = new ClaimsRoutes({
  issuer: server,
  clientId: CLIENT_ID,
  shop,
  photos,
  cookieKey: secretIn(files.shopCookieKey),
  uma,
  send,
  customer: (request) => people.customer(request),
  show: showPage,
});

const app = fastify({ bodyLimit: 16_384 });
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
  done(null, new URLSearchParams(String(body)));
});
app.addHook('onRequest', async (request, reply) => {
  // The browser says where a form stood: another site must not be able to act in the customer's name.
  const { origin } = request.headers;
  if (request.method === 'POST' && origin !== undefined && origin !== shop) await reply.code(403).send();
});
people.register(app);
claims.register(app);

app.get('/', async (request, reply) => {
  const customer = await people.customer(request);
  if (customer === undefined) return showPage(reply, welcomePage());
  const { json } = await send({ method: 'GET', url: `${photos}/albums` });
  const albums = Object.values(json) as ListedAlbum[];
  return showPage(reply, indexPage({ customer, albums, orders: orders.of(customer.subject) }));
});

app.post('/orders', async (request, reply) => {
  const customer = await people.customer(request);
  if (customer === undefined) return reply.redirect('/', 303);
  const url = request.body instanceof URLSearchParams ? (request.body.get('photo') ?? '') : '';
  // Only the photo service: the shop's own network is nothing that a customer may explore.
  if (!URL.canParse(url) || new URL(url).origin !== photos)
    return reply.code(400).send('No photo of the photo service.');
  return reply.redirect(`/orders/${orders.place(url, { owner: customer.subject, customer: customer.username })}`, 303);
});

app.get<OrderRoute>('/orders/:number', async (request, reply) => {
  const order = await orderOf(request);
  if (order === undefined) return noSuchOrder(reply);
  return showPage(reply, orderPage(Number(request.params.number), order, typed));
});

app.get<OrderRoute>('/orders/:number/photo', async (request, reply) => {
  const photo = (await orderOf(request))?.photo;
  return photo === undefined ? noSuchOrder(reply) : reply.headers(PICTURE_HEADERS).send(photo);
});

orders.resume();
await serve(app, ports.shop);

interface OrderRoute {
  Params: { number: string };
}

/** Undefined also when the order is somebody else's: nobody learns what others have ordered. */
async function orderOf(request: FastifyRequest<OrderRoute>) {
  const customer = await people.customer(request);
  const order = orders.find(Number(request.params.number));
  return customer !== undefined && order?.owner === customer.subject ? order : undefined;
}

function noSuchOrder(reply: FastifyReply) {
  return reply.code(404).send('You have no such order.');
}

/** Signing in and out leads from a form of the shop to the server. */
function showPage(reply: FastifyReply, content: string): FastifyReply {
  return reply.headers({ ...pageHeaders(server), 'cache-control': 'no-store' }).send(content);
}
