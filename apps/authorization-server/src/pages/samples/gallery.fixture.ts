import 'reflect-metadata';
import { FormParameters } from '@valetkey/oauth';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Fastify from 'fastify';
import { useStrictBodyParsers } from '../../http/body-parsers.js';
import { BrowserBinding, CSRF_FIELD } from '../http/browser-binding.service.js';
import { PageError } from '../http/page-error.js';
import { PageErrors } from '../http/page-errors.service.js';
import { Pages } from '../http/pages.service.js';
import { form, submitButton } from '../kit/forms.js';
import { html } from '../kit/html.js';
import type { FormTarget, PageView } from '../kit/page-view.js';
import { heading } from '../kit/parts.js';
import { StyleRoutes } from '../style/style.routes.js';
import { formPostView } from '../views/form-post.view.js';
import { SAMPLES } from './samples.fixture.js';

/** A server of pages alone, with the real sending, binding and errors. */
export interface Gallery {
  readonly origin: string;
  /** Names of the pages: `{origin}/{name}?lang=de`. */
  readonly names: readonly string[];
  /** What the error handler logged. */
  readonly logged: readonly Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

type Query = Readonly<Record<string, string | undefined>>;
const queryOf = (request: FastifyRequest): Query => request.query as Query;

const PURPOSE = 'gallery';

/**
 * Starts it on a free port. Besides the samples (with `?still` without their scripts): `/markup` shows the text of the query in every place that a value can have,
 * `/leave?to=…&allow=…` is a form that ends at another address, `/bound` is a form that only its own browser can send,
 * `/answer?to=…` is an answer by form.
 */
export async function startGallery(port: number): Promise<Gallery> {
  const origin = `http://127.0.0.1:${port}`;
  const logged: Record<string, unknown>[] = [];
  const log = (details: unknown) => void logged.push(details as Record<string, unknown>);
  const pages = new Pages({
    issuer: origin,
    pages: { languages: ['en', 'de'], helpUrl: 'https://globex.example/help' },
  });
  const errors = new PageErrors(
    pages,
    { info: log, error: log },
    { issuer: 'https://as.example', http: { bodyLimit: 1, shutdownTimeout: 1, trustedProxies: [] } },
  );
  const fastify = Fastify({ bodyLimit: 20_000, forceCloseConnections: true });
  useStrictBodyParsers(fastify);
  new StyleRoutes().register(fastify, '');
  errors.scope(fastify, (scope) => {
    serveSamples(scope, pages);
    serveForms(scope, pages, new BrowserBinding({ issuer: origin }));
  });
  await fastify.listen({ port, host: '127.0.0.1' });
  return { origin, names: SAMPLES.map(({ name }) => name), logged, close: () => fastify.close() };
}

function serveSamples(scope: FastifyInstance, pages: Pages): void {
  scope.get('/:sample', (request, reply) => {
    const { sample: wanted } = request.params as { sample: string };
    const sample = SAMPLES.find(({ name }) => name === wanted);
    if (!sample) throw new PageError('not_found', 'no_such_sample');
    const messages = pages.messages(request, queryOf(request)['lang']);
    const { formAction = [] } = sample;
    const { script, ...still } = sample.view(messages);
    const view = script && queryOf(request)['still'] === undefined ? { ...still, script } : still;
    return pages.send(reply, view, { locale: messages.locale, formAction });
  });
}

function serveForms(scope: FastifyInstance, pages: Pages, binding: BrowserBinding): void {
  scope.get('/markup', (request, reply) =>
    pages.send(reply, everywhere(queryOf(request)['text'] ?? ''), { locale: 'en' }),
  );
  scope.get('/leave', (request, reply) => {
    const { to = '', allow } = queryOf(request);
    const target = { action: `/leave?to=${encodeURIComponent(to)}`, hidden: {} };
    return pages.send(reply, button(target), { locale: 'en', formAction: allow === undefined ? [] : [allow] });
  });
  scope.post('/leave', (request, reply) => reply.redirect(queryOf(request)['to'] ?? '', 303));
  scope.get('/answer', (request, reply) => {
    const action = queryOf(request)['to'] ?? '';
    const fields = { code: 'c', submit: 's' };
    return pages.send(reply, formPostView({ action, fields, application: 'App' }, pages.messages(request)), {
      locale: 'en',
      formAction: [action],
    });
  });
  scope.get('/bound', (request, reply) => {
    const csrf = binding.csrf(binding.of(request, reply), PURPOSE);
    return pages.send(reply, button({ action: '/bound', hidden: { [CSRF_FIELD]: csrf } }), { locale: 'en' });
  });
  scope.post('/bound', (request, reply) => {
    binding.check(request, PURPOSE);
    return reply.redirect('/accepted', 303);
  });
  scope.post('/sent', (request, reply) => {
    const decision = request.body instanceof FormParameters ? request.body.get('decision') : undefined;
    return reply.redirect(`/accepted?decision=${decision ?? ''}`, 303);
  });
  scope.get('/accepted', (_request, reply) =>
    pages.send(reply, { title: 'Accepted', body: heading('Accepted') }, { locale: 'en' }),
  );
}

function button(target: FormTarget): PageView {
  return { title: 'Form', body: html`${heading('Form')}${form(target, submitButton({ label: 'Go' }))}` };
}

/** One text in every place that a value can have. */
function everywhere(text: string): PageView {
  return {
    title: text,
    body: html`<h1 class="title">${text}</h1>
      <p id="text">${text}</p>
      <p id="list">${[html`${text}`, html`<b>${text}</b>`]}</p>
      <input id="quoted" aria-label="${text}" value="${text}" />
      <a id="address" href="${text}">link</a>`,
  };
}
