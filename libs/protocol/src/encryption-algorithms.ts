/** Key management of answers that are encrypted for a client (RFC 7518 section 4). RSA1_5 and shared secrets are not offered. */
export const KEY_ENCRYPTIONS = ['RSA-OAEP-256', 'ECDH-ES', 'ECDH-ES+A256KW'] as const;

export type KeyEncryptionAlgorithm = (typeof KEY_ENCRYPTIONS)[number];

/** Their content encryption (RFC 7518 section 5); the first is what holds when a client names none. */
export const CONTENT_ENCRYPTIONS = ['A128CBC-HS256', 'A256GCM'] as const;

export type ContentEncryption = (typeof CONTENT_ENCRYPTIONS)[number];
