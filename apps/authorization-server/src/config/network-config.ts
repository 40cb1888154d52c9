import type { X509Certificate } from 'node:crypto';

import type { RevocationList } from '@valetkey/oauth';
import type { Acr } from '@valetkey/protocol';

export interface HttpConfig {
  /** Bytes. */
  readonly bodyLimit: number;
  /** Milliseconds accepted requests get to finish at shutdown. */
  readonly shutdownTimeout: number;
  /** Addresses and networks (CIDR) whose word on a client's address counts; mostly none. */
  readonly trustedProxies: readonly string[];
}

/** How much may be begun in a minute, since it has a row in the database until it is over, or be changed in an hour. */
export interface LimitsConfig {
  /** Of one client, or of one network for clients that are public or nobody knows. */
  readonly pushedRequests: number;
  /** Of people who are not signed in. */
  readonly visits: number;
  /** Of one network, or of one account that is signed in. */
  readonly visitsOfNetwork: number;
  /** Of what one client registered. */
  readonly changes: number;
  /** Of what clients registered, from one network. */
  readonly changesOfNetwork: number;
}

/** What must be so for changes by the owner API; times in milliseconds. */
export interface OwnerApiConfig {
  readonly minAcr?: Acr;
  readonly maxAuthAge?: number;
}

/** Who runs the server, and what must be so for changes by an operator; times in milliseconds. */
export interface OperatorsConfig {
  /** Ids of accounts; empty: nobody. */
  readonly accounts: readonly string[];
  readonly minAcr?: Acr;
  readonly maxAuthAge: number;
}

/** Calls to addresses that others registered. */
export interface OutboundConfig {
  /** Addresses and networks (CIDR) outside the public internet that may be called; mostly none. */
  readonly privateNetworks: readonly string[];
}

/** TLS of our own, and certificates of clients (RFC 8705). */
export interface TlsConfig {
  /** Header in which trusted proxies pass the certificate; absent: none does. */
  readonly clientCertificateHeader?: string;
  /** What `mtls_endpoint_aliases` begin with, without a slash at the end. */
  readonly clientCertificateAddress?: string;
  /** Who issues certificates of clients. */
  readonly certificateAuthorities: readonly X509Certificate[];
  readonly revocationLists: RevocationListsConfig;
  /** Whether a certificate of a client can reach us at all: by that header, or on a port of our own. */
  readonly certificatesArrive: boolean;
  /** Absent: no TLS of our own. */
  readonly listener?: TlsListenerConfig;
}

/** What those authorities took back. */
export interface RevocationListsConfig {
  /** Absolute names. */
  readonly files: readonly string[];
  /** The newest list of each authority, as it was at the start. */
  readonly found: ReadonlyMap<X509Certificate, RevocationList>;
}

export interface TlsListenerConfig {
  readonly certificateFile: string;
  readonly privateKeyFile: string;
  readonly host: string;
  readonly port: number;
  /** Port on which clients are asked for a certificate. */
  readonly clientCertificatePort?: number;
}
