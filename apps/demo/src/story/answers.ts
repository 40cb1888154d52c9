import type { DemoSettings } from '../settings.js';
import type { Cast } from './cast.js';
import type { Narrator } from './narrator.js';
import type { OwnersRequest } from './owner-app.js';

/** For so long the server gives alice's "no" to an equal request without asking her again. */
const NO_HOLDS_MS = 24 * 60 * 60_000;

/** Answers all that waits for alice, for those who play with the print shop in a browser. */
export async function answerRequests({ narrator, backstage }: Cast, answer: 'approve' | 'deny'): Promise<void> {
  await backstage.signIn();
  const requests = await backstage.pendingRequests();
  for (const request of requests) {
    const { status } = await (answer === 'approve' ? backstage.approve(request.id) : backstage.deny(request.id));
    if (status === 200) narrator.good(`${answer === 'approve' ? 'Approved' : 'Denied'}: ${inWords(request)}`);
    else narrator.bad(`Not taken (${status}): ${inWords(request)}`);
  }
  if (requests.length === 0) narrator.good('Nothing waits for alice.');
}

/** Shows what waits for alice, with commands that can be pasted into a shell; and how she changes her mind. */
export async function showRequests({ narrator, backstage }: Cast, settings: DemoSettings): Promise<void> {
  await backstage.signIn();
  const requests = await backstage.requests();
  const now = new Date();
  const pending = requests.filter(({ state }) => state === 'pending');
  const lastDenied = requests
    .filter(({ state, decided_at }) => state === 'denied' && isSince(decided_at, now.getTime() - NO_HOLDS_MS))
    .toSorted((one, other) => (one.decided_at ?? '').localeCompare(other.decided_at ?? ''))
    .at(-1);
  if (pending.length === 0) {
    narrator.good(`Nothing waits for alice. Be bob and ask for a photo at ${settings.shop}, then come back here.`);
  }
  if (pending.length > 0 || lastDenied) showSignIn(narrator, settings);
  for (const request of pending) showAnswers(narrator, settings, request);
  if (lastDenied) showChangeOfMind(narrator, settings, lastDenied);
}

function isSince(instant: string | undefined, earliest: number): boolean {
  return instant !== undefined && Date.parse(instant) >= earliest;
}

function showSignIn(narrator: Narrator, { typed }: DemoSettings): void {
  narrator.line('');
  narrator.line('  First a token for alice, good for ten minutes:');
  narrator.line('');
  narrator.line(`TOKEN=$(${typed('npm run -s demo -- token')})`);
}

function showAnswers(narrator: Narrator, { server }: DemoSettings, request: OwnersRequest): void {
  const url = `${server}/me/requests/${request.id}`;
  const lessScopes = Object.fromEntries(
    request.resources.map(({ resource_id, scopes }) => [resource_id, scopes.slice(0, 1)]),
  );
  const commands: [title: string, path: string, body: object | undefined][] = [
    ['approve it, as asked:', 'approve', {}],
    ...(request.resources.some(({ scopes }) => scopes.length > 1)
      ? ([['approve it, but with fewer scopes:', 'approve', { scopes: lessScopes }]] satisfies [
          string,
          string,
          object,
        ][])
      : []),
    ['deny it:', 'deny', undefined],
  ];
  narrator.good(`${inWords(request)}. One of these answers it:`);
  for (const [title, path, body] of commands) {
    narrator.line('');
    narrator.line(`  ${title}`);
    narrator.line(curl(`${url}/${path}`, body));
  }
  narrator.line('');
}

/** A policy of alice's outranks what she answered before. */
function showChangeOfMind(narrator: Narrator, { server }: DemoSettings, request: OwnersRequest): void {
  const { issuer, subject, account_id } = request.requesting_party;
  narrator.good(`Denied lately: ${inWords(request)}. Should alice change her mind, this allows it from now on:`);
  narrator.line('');
  for (const { resource_id, scopes } of request.resources) {
    const party = account_id === undefined ? { type: 'partner', issuer, subject } : { type: 'account', account_id };
    narrator.line(
      curl(`${server}/me/policies`, { resource_id, subject: party, client_id: request.client.client_id, scopes }),
    );
  }
  narrator.line('');
}

function curl(url: string, body: object | undefined): string {
  const json = body === undefined ? '' : ` -H 'content-type: application/json' -d '${JSON.stringify(body)}'`;
  return `curl -X POST -H "authorization: Bearer $TOKEN"${json} ${url}`;
}

/** Who would like what, in names that alice knows. */
function inWords({ client, requesting_party: party, resources }: OwnersRequest): string {
  const things = resources.map(({ name, scopes }) => `${scopes.join(' and ')} “${name}”`).join(', ');
  return `${party.name ?? party.subject}, at ${client.name}, would like to ${things}`;
}
