import type { Answer } from './http.js';
import type { Server } from './server.js';

export type Metadata = Readonly<Record<string, unknown>>;

/** A client that registered itself. */
export interface Registered {
  readonly client_id: string;
  readonly client_secret?: string;
  readonly registration_access_token: string;
  readonly registration_client_uri: string;
}

export const REDIRECT = 'https://client.example/callback';

/** What clients do at the registration endpoint. */
export function registrarOf(server: Pick<Server, 'http' | 'issuer'>) {
  const register = (metadata: unknown, bearer?: string): Promise<Answer> =>
    server.http.json('POST', '/register', metadata, bearer === undefined ? {} : { bearer });
  const registered = async (changes: Metadata = {}, bearer?: string): Promise<Registered> => {
    const answer = await register({ redirect_uris: [REDIRECT], ...changes }, bearer);
    if (answer.status !== 201) throw new Error(`${answer.status}: ${answer.text}`);
    return answer.json<Registered & Record<string, unknown>>();
  };
  const manage = (
    method: 'GET' | 'PUT' | 'DELETE',
    { client_id: id, registration_access_token: token }: Registered,
    body?: unknown,
  ) =>
    body === undefined
      ? server.http.send({ method, path: `/register/${id}`, bearer: token })
      : server.http.json(method, `/register/${id}`, body, { bearer: token });
  let harmless: Promise<Registered> | undefined;
  /**
   * What is refused as a registration and as a change of one; the two answers. Only for what is refused both ways.
   * @param from - the one that is changed; a harmless one if absent
   */
  const bothWays = async (metadata: Metadata, bearer?: string, from?: Registered): Promise<[Answer, Answer]> => {
    const who = from ?? (await (harmless ??= registered({}, bearer)));
    return [await register(metadata, bearer), await manage('PUT', who, { ...metadata, client_id: who.client_id })];
  };
  return { register, registered, manage, bothWays };
}
