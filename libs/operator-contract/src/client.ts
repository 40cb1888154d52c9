/** `off`: the configuration switches it off, or names it no more. */
export type ClientState = 'active' | 'suspended' | 'off';

/** Who made it: the configuration file, an operator by the console, or the client itself (RFC 7591). */
export type ClientOrigin = 'configuration' | 'operator' | 'registration';

export type ClientKind = 'confidential' | 'public' | 'resource_server';

/** A number as far as it was counted. */
export interface BoundedCount {
  readonly count: number;
  /** There are more. */
  readonly more?: true;
}

/** One of GET /operator-api/clients. Instants are ISO. */
export interface ClientRow {
  readonly client_id: string;
  readonly name: string;
  readonly publisher?: string;
  readonly kind: ClientKind;
  readonly grant_types: readonly string[];
  /** It may ask for. */
  readonly scopes: readonly string[];
  readonly origin: ClientOrigin;
  readonly state: ClientState;
  /** Absent: nothing that it holds was ever used. Late by a few seconds. */
  readonly last_used_at?: string;
  /** How many people gave it something that is not over; never who. */
  readonly people: BoundedCount;
}

export type ClientMethod =
  | 'client_secret_basic'
  | 'client_secret_post'
  | 'private_key_jwt'
  | 'tls_client_auth'
  | 'self_signed_tls_client_auth'
  | 'none';

/** What an operator says of a client, with the names of RFC 7591; an empty text or list is nothing. */
export interface ClientSettings {
  readonly client_name: string;
  readonly publisher: string;
  readonly application_type: 'web' | 'native';
  /** What it wants data for, in its words: of one language each (RFC 7591 section 2.2). */
  readonly 'purpose#en': string;
  readonly 'purpose#de': string;
  readonly client_uri: string;
  readonly logo_uri: string;
  readonly tos_uri: string;
  readonly policy_uri: string;
  readonly token_endpoint_auth_method: ClientMethod;
  readonly jwks_uri: string;
  readonly grant_types: readonly string[];
  /** Parted by spaces. */
  readonly scope: string;
  readonly audiences: readonly string[];
  readonly redirect_uris: readonly string[];
  readonly post_logout_redirect_uris: readonly string[];
  readonly claims_redirect_uris: readonly string[];
  readonly backchannel_logout_uri: string;
}

/** Who speaks for it and its addresses. */
export type ClientVoucher = 'operator' | 'initial_access_token' | 'software_statement' | 'nobody';

/** Whether something can be done with it, and why not. */
export type ClientChangeable = 'yes' | 'configured' | 'registered_itself' | 'no_secret';

/** A scope that people cannot allow, since it has no published words. */
export interface UnpublishedScope {
  readonly scope: string;
  /** Of GET /operator-api/wording/{id}. */
  readonly wording: string;
  /** Some resource server has it, or somebody began to word it: no slip of the pen. */
  readonly known: boolean;
}

/** GET /operator-api/clients/{client_id}. */
export interface ClientView extends ClientRow {
  /** For `If-Match`. */
  readonly version: string;
  readonly settings: ClientSettings;
  /** Of its scopes, where people are asked for them at all. */
  readonly unpublished: readonly UnpublishedScope[];
  /** Others that the operator speaks for and that people take for this one by their names; five at most. */
  readonly alike: readonly { readonly client_id: string; readonly name: string }[];
  readonly registered_at: string;
  readonly suspended_at?: string;
  readonly vouched_by: ClientVoucher;
  /** Valid secrets, two while it changes over. */
  readonly secrets: {
    readonly valid: number;
    readonly newest_since?: string;
    /** Of the former of two: it ends at once when another is made. */
    readonly former_since?: string;
    readonly former_until?: string;
  };
  readonly can: {
    readonly edit: ClientChangeable;
    readonly renew_secret: ClientChangeable;
    readonly remove: ClientChangeable;
  };
  /** Below the issuer: what people are asked. Absent for one that never asks anybody at a page of ours. */
  readonly preview?: string;
}

/** Answer to POST /operator-api/clients. */
export interface RegisteredClient extends ClientView {
  /** Shown once; absent where it uses none, and when the same request is answered again. */
  readonly client_secret?: string;
}

/** Answer to POST /operator-api/clients/{client_id}/secret. */
export interface RenewedSecret {
  /** Shown once; absent when the same request is answered again. */
  readonly client_secret?: string;
  /** Until when the one before it is valid. */
  readonly former_until: string;
}

/** Answer to DELETE /operator-api/clients/{client_id}: what ended with it. */
export interface RemovedClient {
  readonly people: BoundedCount;
  readonly grants: BoundedCount;
}

/** Answer to POST /operator-api/clients/preview and /operator-api/clients/{client_id}/preview. */
export interface ConsentPreview {
  /** The page, a whole document, on which nothing can be decided; absent where no page of ours asks anybody. */
  readonly html?: string;
}
