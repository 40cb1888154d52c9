import { GRANT_TYPE } from '@valetkey/protocol';
import type { Connection } from '../connection.js';
import type { Send, ShopAnswer } from '../print-shop/http.js';
import { must } from './must.js';

/** A request for alice's word, as the owner API shows it. */
export interface OwnersRequest {
  id: string;
  state: string;
  client: { client_id: string; name: string };
  requesting_party: { issuer: string; subject: string; name?: string; email?: string; account_id?: string };
  resources: { resource_id: string; name: string; scopes: string[] }[];
  decided_at?: string;
}

export interface Authorization {
  grant_id: string;
  client: { client_id: string; name: string };
  resources: { id: string; name: string }[];
  scopes: { scope: string }[];
}

/** What alice says yes to, when she says yes. */
export interface Approval {
  scopes?: Record<string, string[]>;
  expires_at?: string;
}

export interface OwnerAppOptions {
  issuer: string;
  clientId: string;
  secret: string;
  connection: Connection;
  send: Send;
}

/**
 * Alice's app: her view of the authorization server, what waits for her answer and what she has given. It holds a token
 * for the owner API that she allowed it to have.
 */
export class OwnerApp {
  private accessToken = '';

  constructor(private readonly options: OwnerAppOptions) {}

  /** Gets an access token, and returns it. The rotated refresh token is on disk before the access token is used. */
  async signIn(): Promise<string> {
    const { issuer, clientId, secret, connection, send } = this.options;
    const { status, json } = await send({
      method: 'POST',
      url: `${issuer}/token`,
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
      form: { grant_type: GRANT_TYPE.refreshToken, refresh_token: connection.refreshToken },
    });
    if (json['error'] === 'invalid_grant') {
      connection.discard();
      must(false, 'alice’s connection to be alive; stop the demo and run `npm start` again, which makes a new one');
    }
    must(status === 200 && typeof json['access_token'] === 'string', 'an access token for alice');
    if (typeof json['refresh_token'] === 'string') connection.save(json['refresh_token'], String(json['scope'] ?? ''));
    this.accessToken = json['access_token'];
    return this.accessToken;
  }

  pendingRequests(): Promise<OwnersRequest[]> {
    return this.list<OwnersRequest>('requests?state=pending');
  }

  /** All requests that the server still knows, answered ones too. */
  requests(): Promise<OwnersRequest[]> {
    return this.list<OwnersRequest>('requests');
  }

  authorizations(): Promise<Authorization[]> {
    return this.list<Authorization>('authorizations');
  }

  /** Answers a request. 200 or 204 when done. */
  approve(id: string, approval: Approval = {}): Promise<ShopAnswer> {
    return this.call('POST', `requests/${encodeURIComponent(id)}/approve`, approval);
  }

  deny(id: string): Promise<ShopAnswer> {
    return this.call('POST', `requests/${encodeURIComponent(id)}/deny`, {});
  }

  revoke(grantId: string): Promise<ShopAnswer> {
    return this.call('DELETE', `authorizations/${encodeURIComponent(grantId)}`);
  }

  /** All pages of a list. */
  private async list<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    for (let page: string | undefined = path; page !== undefined;) {
      const { status, json } = await this.call('GET', page);
      must(status === 200 && Array.isArray(json['items']), `the list of alice’s ${path}`);
      items.push(...(json['items'] as T[]));
      const cursor = json['next_cursor'];
      page = typeof cursor === 'string' ? withCursor(path, cursor) : undefined;
    }
    return items;
  }

  private call(method: 'GET' | 'POST' | 'DELETE', path: string, json?: unknown): Promise<ShopAnswer> {
    return this.options.send({
      method,
      url: `${this.options.issuer}/me/${path}`,
      headers: { authorization: `Bearer ${this.accessToken}` },
      ...(json === undefined ? {} : { json }),
    });
  }
}

function withCursor(path: string, cursor: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
}
