import type { JSONWebKeySet } from 'jose';
import type { Instant } from '@valetkey/kernel';
import type { ClientAuthenticationMethod } from '@valetkey/protocol';
import type { ClientMetadata } from './client-metadata.js';

/** One of a client's secrets; two are valid side by side while the client changes over. */
export interface ClientSecret {
  /** SHA-256 of the secret, base64url. */
  readonly hash: string;
  /** `null`: valid until it is replaced. */
  readonly expiresAt: Instant | null;
}

/** Who made a client: the configuration, an operator by the console, or the client itself (RFC 7591). */
export type ClientOrigin = 'configuration' | 'operator' | 'registration';

/** How people know a client. */
export type ClientName = Pick<Client, 'name' | 'publisher' | 'logoUri'>;

/** What people are told of a client. */
export interface ClientProfile {
  readonly name: string;
  readonly publisher: string | null;
  /** @see isStranger */
  readonly isStranger: boolean;
  readonly enabled: boolean;
  /** An operator lets it have nothing at present. */
  readonly isSuspended: boolean;
}

/** A registered client (RFC 6749 section 2), with what people are told about it. */
export interface Client {
  readonly id: string;
  readonly name: string;
  readonly publisher: string | null;
  readonly logoUri: string | null;
  readonly type: 'confidential' | 'public';
  readonly authenticationMethod: ClientAuthenticationMethod;
  readonly secrets: readonly ClientSecret[];
  readonly jwks: JSONWebKeySet | null;
  readonly grantTypes: readonly string[];
  readonly scopes: readonly string[];
  /** Resource indicators it may ask for (RFC 8707). */
  readonly audiences: readonly string[];
  readonly accessTokenFormat: 'opaque' | 'jwt';
  readonly metadata: ClientMetadata;
  /** Neither switched off nor suspended by an operator. */
  readonly enabled: boolean;
}

/** Anybody may have made it: nothing that it says is checked, and no browser is sent to it unasked (RFC 9700 section 4.11.2). */
export function isStranger({ metadata }: Pick<Client, 'metadata'>): boolean {
  return metadata.vouchedBy === 'nobody';
}

/** A resource server: a client that protects an API, and the audience of tokens for that API. */
export interface ResourceServer {
  readonly clientId: string;
  /** Its resource indicator: the `aud` of its tokens (RFC 8707, RFC 9068). */
  readonly resource: string;
  readonly name: string;
  /** The protection space it names in `WWW-Authenticate` (RFC 9110 section 11.5). */
  readonly realm: string;
  /** OAuth scopes of its API. UMA resource scopes are registered per resource instead. */
  readonly scopes: readonly string[];
  /** Whether an RPT may be issued with fewer scopes than wanted (UMA Grant section 3.3.4). */
  readonly partialGrant: boolean;
  readonly enabled: boolean;
}
