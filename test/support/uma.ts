import { clientOf, pushed } from './client.js';
import { type Answer, WHICHEVER } from './http.js';
import type { Server } from './server.js';
import type { ClientName } from './world.js';

export interface Permission {
  readonly resource_id: string;
  readonly resource_scopes: readonly string[];
}

/** A resource server acting for one owner: the protection API with that owner's PAT. */
export interface ProtectionApi {
  create(description: object): Promise<Answer>;
  read(id: string): Promise<Answer>;
  replace(id: string, description: object): Promise<Answer>;
  remove(id: string): Promise<Answer>;
  list(query?: string): Promise<Answer>;
  permission(permissions: unknown): Promise<Answer>;
  introspect(token: string): Promise<Answer>;
  /** Registers a resource. @returns its id; throws when refused */
  register(description: object): Promise<string>;
  /** @returns a permission ticket; throws when refused */
  ticket(...permissions: readonly Permission[]): Promise<string>;
}

export function protectionApi({ http }: Server, pat: string): ProtectionApi {
  const options = { bearer: pat };
  const resources = '/uma/resources/';
  const at = (id: string) => resources + encodeURIComponent(id);
  const api = {
    create: (description: object) => http.json('POST', resources, description, options),
    read: (id: string) => http.get(at(id), options),
    replace: (id: string, description: object) => http.json('PUT', at(id), description, options),
    remove: (id: string) => http.send({ ...options, method: 'DELETE', path: at(id) }),
    list: (query = '') => http.get(resources + query, options),
    permission: (permissions: unknown) => http.json('POST', '/uma/permission', permissions, options),
    introspect: (token: string) => http.form('/introspect', { token }, options),
  };
  return {
    ...api,
    register: async (description) => textMember(await api.create(description), 201, '_id'),
    ticket: async (...permissions) => textMember(await api.permission(permissions), 201, 'ticket'),
  };
}

/** A resource owner with a bearer token: the owner API. */
export interface OwnerApi {
  get(path: string): Promise<Answer>;
  addPolicy(policy: object): Promise<Answer>;
  replacePolicy(id: string, policy: object): Promise<Answer>;
  removePolicy(id: string): Promise<Answer>;
  requests(): Promise<Answer>;
  approve(requestId: string, narrowed?: object): Promise<Answer>;
  deny(requestId: string): Promise<Answer>;
  authorizations(): Promise<Answer>;
  endAuthorization(grantId: string): Promise<Answer>;
  /** Writes a policy. @returns its id; throws when refused */
  share(policy: object): Promise<string>;
}

export function ownerApi({ http }: Server, token: string): OwnerApi {
  const options = { bearer: token };
  const at = (list: string, id: string) => `/me/${list}/${encodeURIComponent(id)}`;
  const get = (path: string) => http.get(`/me/${path}`, options);
  const remove = (path: string) => http.send({ ...options, method: 'DELETE', path });
  const addPolicy = (policy: object) => http.json('POST', '/me/policies', policy, options);
  return {
    get,
    addPolicy,
    replacePolicy: (id, policy) => http.json('PUT', at('policies', id), policy, { ...options, headers: WHICHEVER }),
    removePolicy: (id) => remove(at('policies', id)),
    requests: () => get('requests'),
    approve: (id, narrowed = {}) => http.json('POST', `${at('requests', id)}/approve`, narrowed, options),
    deny: (id) => http.json('POST', `${at('requests', id)}/deny`, {}, options),
    authorizations: () => get('authorizations'),
    endAuthorization: (id) => remove(at('authorizations', id)),
    share: async (policy) => textMember(await addPolicy(policy), 201, 'id'),
  };
}

/** A requesting party at a client, identified by the partner. */
export interface RequestingParty {
  /** Presents the ticket together with a fresh ID token of this party. */
  present(ticket: string, form?: Readonly<Record<string, string>>): Promise<Answer>;
  /** @returns an RPT; throws when refused */
  rpt(ticket: string, form?: Readonly<Record<string, string>>): Promise<string>;
}

export function requestingParty(server: Server, subject: string, client: ClientName): RequestingParty {
  const { partner } = server.world;
  const present = async (ticket: string, form: Readonly<Record<string, string>> = {}) => {
    const idToken = await partner.idToken({ subject, audience: server.issuer });
    return clientOf(server, client).rpt(ticket, { ...pushed(idToken), ...form });
  };
  return { present, rpt: async (ticket, form) => textMember(await present(ticket, form), 200, 'access_token') };
}

/** The text in one member of an answer with that status; throws with the whole answer otherwise. */
export function textMember(answer: Answer, status: number, member: string): string {
  const value = answer.status === status ? answer.json()[member] : undefined;
  if (typeof value === 'string') return value;
  throw new Error(`Expected ${status} with "${member}", got ${answer.status}: ${answer.text}`);
}
