import { encryptionKeyOf } from '@valetkey/clients';

import type { ProblemList, SettingPath } from '../problem-list.js';
import type { ClientSettings } from '../schema/clients.schema.js';

/** What is encrypted for a client that registered it. */
export const ENCRYPTED_ANSWERS = ['id_token', 'userinfo', 'introspection', 'authorization'] as const;

/** Whether answers to a client are encrypted, so that it may have keys for that alone. */
export function isEncryptedFor(client: Partial<ClientSettings>): boolean {
  return ENCRYPTED_ANSWERS.some((what) => client[`${what}_encrypted_response_alg`] !== undefined);
}

/** Rules about answers that are encrypted: there is a key that fits. */
export function checkClientEncryption(client: Partial<ClientSettings>, path: SettingPath, problems: ProblemList): void {
  for (const what of ENCRYPTED_ANSWERS) {
    const [alg, enc] = [`${what}_encrypted_response_alg`, `${what}_encrypted_response_enc`] as const;
    const algorithm = client[alg];
    if (algorithm === undefined) {
      if (client[enc] !== undefined) problems.addUnlessReported([...path, enc], `must not be given without ${alg}`);
      continue;
    }
    // What is at an address is looked at when it is needed.
    if (client.jwks_uri !== undefined || problems.has([...path, 'jwks'])) continue;
    if (!encryptionKeyOf(client.jwks?.keys ?? [], algorithm)) {
      problems.addUnlessReported([...path, alg], 'needs a key in jwks that fits, for encryption or for anything');
    }
  }
}
