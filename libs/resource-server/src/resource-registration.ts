import { AuthorizationServerError } from './errors.js';
import type { HttpAnswer } from './http-client.js';
import { expectObject, expectStatus, type JsonObject, optionalText, textArray, textMember } from './json.js';
import type { ProtectionApi } from './protection-api.js';

/** A resource as its owner sees it at the authorization server (FedAuthz section 3.1). */
export interface ResourceDescription {
  /** What can be allowed on the resource; at least one. */
  resource_scopes: string[];
  name?: string;
  description?: string;
  icon_uri?: string;
  type?: string;
  /** Further members, for example `name#fr`, are kept by the server and come back when the resource is read. */
  [member: string]: unknown;
}

export interface RegisteredResource {
  id: string;
  /** The owner's page for sharing this resource. Absent if the server named none, or one outside its own origin. */
  userAccessPolicyUri: string | undefined;
}

export interface StoredResource extends RegisteredResource {
  description: ResourceDescription;
  /** Names this version; give it to `update` so that nobody else's change is overwritten. */
  etag: string | undefined;
}

/** Registers an owner's resources (FedAuthz section 3.2). Every failure is an `AuthorizationServerError`. */
export class ResourceRegistration {
  constructor(private readonly api: ProtectionApi) {}

  /** Puts a resource under protection. Its id is made by the server: keep it, the server knows no other name. */
  async create(description: ResourceDescription): Promise<RegisteredResource> {
    const { resourceRegistrationEndpoint: url } = await this.api.metadata();
    const answer = await this.api.call({ method: 'POST', url, json: description });
    return this.registered(expectObject(answer, 201));
  }

  /** Undefined if there is no such resource of this owner at this resource server. */
  async read(id: string): Promise<StoredResource | undefined> {
    const answer = await this.api.call({ method: 'GET', url: await this.url(id) });
    if (answer.status === 404) return undefined;
    const { _id, user_access_policy_uri, ...description } = expectObject(answer, 200);
    return {
      ...this.registered({ _id, user_access_policy_uri }),
      description: { ...description, resource_scopes: textArray(description, 'resource_scopes') },
      etag: answer.headers.get('etag') ?? undefined,
    };
  }

  /**
   * Replaces the whole description: members left out are gone (UF-11). With an `etag` the server refuses (412) when
   * the resource was changed after it was read (UF-16).
   */
  async update(id: string, description: ResourceDescription, etag?: string): Promise<RegisteredResource> {
    const headers: Record<string, string> = etag === undefined ? {} : { 'if-match': etag };
    const answer = await this.api.call({ method: 'PUT', url: await this.url(id), headers, json: description });
    return this.registered(expectObject(answer, 200));
  }

  /** Ends the protection: permissions, tickets and policies go with it (UF-13). False if there was no such resource. */
  async delete(id: string): Promise<boolean> {
    const answer = await this.api.call({ method: 'DELETE', url: await this.url(id) });
    if (answer.status === 404) return false;
    expectStatus(answer, 200, 204);
    return true;
  }

  /** The ids of all resources of this owner at this resource server, fetched page by page as they are consumed. */
  async *list(): AsyncGenerator<string> {
    const { resourceRegistrationEndpoint: first } = await this.api.metadata();
    for (let url: string | undefined = first; url !== undefined;) {
      const answer: HttpAnswer = await this.api.call({ method: 'GET', url });
      expectStatus(answer, 200);
      yield* textArray({ ids: answer.body }, 'ids');
      url = nextPage(answer, url);
    }
  }

  private registered(body: JsonObject): RegisteredResource {
    return {
      id: textMember(body, '_id'),
      userAccessPolicyUri: this.ownPage(optionalText(body, 'user_access_policy_uri')),
    };
  }

  /** A page elsewhere could be phishing for the owner's sign-in, so it is dropped (uma2-fedauthz 7). */
  private ownPage(uri: string | undefined): string | undefined {
    if (uri === undefined || !URL.canParse(uri)) return undefined;
    return new URL(uri).origin === new URL(this.api.issuer).origin ? uri : undefined;
  }

  private async url(id: string): Promise<string> {
    const { resourceRegistrationEndpoint } = await this.api.metadata();
    return `${resourceRegistrationEndpoint.replace(/\/$/, '')}/${pathSegment(id)}`;
  }
}

/** Encoded, and never a text that would be taken for a path of its own ("", "." and ".." name other endpoints). */
function pathSegment(id: string): string {
  if (/^\.{0,2}$/.test(id)) throw new TypeError('This cannot be the id of a resource');
  return encodeURIComponent(id);
}

/** The `rel="next"` link (RFC 8288), if it leads to the same place: the PAT must not travel elsewhere. */
function nextPage(answer: HttpAnswer, current: string): string | undefined {
  const link = /<([^<>]*)>\s*;\s*rel="?next"?/.exec(answer.headers.get('link') ?? '')?.[1];
  if (link === undefined) return undefined;
  const next = new URL(link, current);
  const here = new URL(current);
  if (next.origin === here.origin && next.pathname === here.pathname && next.href !== here.href) return next.href;
  throw new AuthorizationServerError('bad_answer', 'The list of resources continues at a foreign address');
}
