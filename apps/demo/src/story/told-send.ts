import { bodyOf, contentType, send, type Send } from '../print-shop/http.js';
import type { DemoSettings } from '../settings.js';
import type { Narrator } from './narrator.js';

/** `fetch`, as browsers and libraries of the story use it. */
export type ToldFetch = (url: string, request: RequestInit) => Promise<Response>;

/** A `Send` for the actor `from` that also tells what goes over the wire. */
export function toldSend(narrator: Narrator, settings: DemoSettings, from: string): Send {
  return async (request) => {
    const answer = await send(request);
    narrator.exchange(from, nameOf(request.url, settings), {
      method: request.method,
      url: request.url,
      requestHeaders: { ...contentType(request), ...request.headers },
      requestBody: bodyOf(request).body ?? '',
      status: answer.status,
      responseHeaders: Object.fromEntries(answer.headers),
      responseBody: answer.text,
    });
    return answer;
  };
}

/** The same for whoever brings requests of its own. Bodies are text or forms. */
export function toldFetch(narrator: Narrator, settings: DemoSettings, from: string): ToldFetch {
  return async (url, request) => {
    const answer = await fetch(url, request);
    const { body } = request;
    narrator.exchange(from, nameOf(url, settings), {
      method: request.method ?? 'GET',
      url,
      requestHeaders: Object.fromEntries(new Headers(request.headers)),
      requestBody: typeof body === 'string' || body instanceof URLSearchParams ? body.toString() : '',
      status: answer.status,
      responseHeaders: Object.fromEntries(answer.headers),
      responseBody: await answer.clone().text(),
    });
    return answer;
  };
}

function nameOf(url: string, settings: DemoSettings): string {
  const names = new Map([
    [settings.server, 'authorization server'],
    [settings.photos, 'photo service'],
    [settings.partner, 'partner'],
    [settings.shop, 'print shop'],
  ]);
  return names.get(new URL(url).origin) ?? 'somebody';
}
