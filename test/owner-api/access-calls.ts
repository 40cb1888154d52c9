import { type Answer, WHICHEVER } from '../support/http.js';
import type { Server } from '../support/server.js';
import { requestingParty } from '../support/uma.js';
import { CAROL } from '../support/world.js';
import type { Person } from './owners.js';

/** A row of GET /me/access, as far as tests look at it. */
export interface AccessJson {
  readonly id: string;
  readonly version: string;
  readonly origin: string;
  readonly state: string;
  readonly holder: { readonly id: string; readonly kind: string; readonly name: string };
  readonly through?: { readonly id: string };
  readonly resources: readonly { readonly id: string; readonly name: string; readonly service: { name: string } }[];
  readonly scopes: readonly { readonly scope: string }[];
  readonly from?: string;
  readonly until?: string;
  readonly note?: string;
  readonly last_used_at?: string;
  readonly last_refused?: { readonly at: string; readonly scopes: readonly { readonly scope: string }[] };
}

export interface RemovedJson extends AccessJson {
  readonly removed_id: string;
  readonly ended_by: string;
  readonly give_back_until?: string;
}

export const DAY = 86_400_000;
export const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();

/** The owner API as the console calls it, by an owner's bearer token. */
export function accessOf({ http }: Server, { token }: Pick<Person, 'token'>) {
  const bearer = { bearer: token };
  const post = (path: string, body: unknown) => http.json('POST', `/me/${path}`, body, bearer);
  const end = (id: string, headers: Record<string, string> = {}) =>
    http.send({ ...bearer, method: 'DELETE', path: `/me/access/${id}`, headers });
  const share = (draft: object) => post('shares', { until: inDays(7), scopes: ['view'], ...draft });
  return {
    get: (path: string): Promise<Answer> => http.get(`/me/${path}`, bearer),
    post,
    end,
    share,
    /** @returns the only share that it made */
    shareOne: async (draft: object): Promise<AccessJson> => {
      const answer = await share(draft);
      const [row] = answer.status === 201 ? answer.json<{ items: AccessJson[] }>().items : [];
      if (!row) throw new Error(`nothing was shared: ${answer.status} ${answer.text}`);
      return row;
    },
    change: (id: string, body: object, headers: Record<string, string> = WHICHEVER) =>
      http.json('PUT', `/me/shares/${id}`, body, { ...bearer, headers }),
    giveBack: (removedId: string) => post(`removed/${removedId}/give-back`, {}),
    removed: async () => (await http.get('/me/removed?limit=200', bearer)).json<{ items: RemovedJson[] }>().items,
  };
}

/** Carol's RPT for an album through the print shop. */
export async function carolsToken(server: Server, { photos }: Person, album: string, scopes = ['view']) {
  const ticket = await photos.ticket({ resource_id: album, resource_scopes: scopes });
  return requestingParty(server, CAROL, 'print-shop').rpt(ticket);
}
