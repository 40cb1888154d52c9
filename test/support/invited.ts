import type { Person } from '../owner-api/owners.js';
import { eventually } from './eventually.js';
import { FormBrowser, type Shown } from './form-browser.js';
import type { Answer } from './http.js';
import { linkOf, type Sent, sentTo } from './outbox.js';
import type { Server } from './server.js';
import { PASSWORD } from './world.js';

/** A row of GET /me/invitations, as far as tests look at it. */
export interface InvitationJson {
  readonly id: string;
  readonly address: string;
  readonly state: string;
  readonly mailed_at?: string;
  readonly ends_at: string;
  readonly until?: string;
  readonly accepted_by?: { readonly id: string; readonly name: string };
}

const DAY = 86_400_000;
let invited = 0;

/** An address that no other test invites. */
export const freshAddress = (): string => `guest${(invited += 1)}.${Date.now()}@friends.example`;

/** Offers to see an album for a month; `fields` replace what is sent. */
export function invite(
  { http }: Server,
  { token }: Pick<Person, 'token'>,
  fields: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const until = new Date(Date.now() + 30 * DAY).toISOString();
  const body = { address: freshAddress(), scopes: ['view'], until, ...fields };
  return http.json('POST', '/me/invitations', body, { bearer: token, headers });
}

export interface Invited extends InvitationJson {
  readonly mail: Sent;
  readonly link: string;
}

/** The same, when its mail has come. */
export async function invitedBy(
  server: Server,
  person: Person,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<Invited> {
  const answer = await invite(server, person, { resource_ids: [await person.album()], ...fields });
  if (answer.status !== 201) throw new Error(answer.text);
  const made = answer.json<InvitationJson>();
  const mail = await sentTo(server, made.address, '/invitations/vk_il_');
  await eventually(
    () => invitationOf(person, made.id),
    (one) => one?.mailed_at !== undefined,
  );
  return { ...made, mail, link: linkOf(mail) };
}

/** How it is now. */
export async function invitationOf({ owner }: Person, id: string): Promise<InvitationJson | undefined> {
  const { items } = (await owner.get('invitations?limit=200')).json<{ items: InvitationJson[] }>();
  return items.find((one) => one.id === id);
}

/** Opens the link in a fresh browser and signs in there. */
export async function openedBy(
  server: Server,
  link: string,
  username: string,
): Promise<{ browser: FormBrowser; page: Shown }> {
  const browser = new FormBrowser(server.issuer);
  const signIn = await browser.open(link);
  return { browser, page: await browser.submit(signIn, { username, password: PASSWORD }) };
}
