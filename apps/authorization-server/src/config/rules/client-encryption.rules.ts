import { encryptionKeyOf } from '@valetkey/clients';

import type { ProblemList, SettingPath } from '../problem-list.js';
import type { ClientSettings } from '../schema/clients.schema.js';

const ANSWERS = ['id_token', 'userinfo', 'introspection'] as const;

/** Whether answers to a client are encrypted, so that it may have keys for that alone. */
export function isEncryptedFor(client: Partial<ClientSettings>): boolean {
  return ANSWERS.some((what) => client[`${what}_encrypted_response_alg`] !== undefined);
}

/** Rules about answers that are encrypted: there is a key, and what is encrypted was signed before. */
export function checkClientEncryption(client: Partial<ClientSettings>, path: SettingPath, problems: ProblemList): void {
  for (const what of ANSWERS) {
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
  if (client.userinfo_encrypted_response_alg !== undefined && client.userinfo_signed_response_alg === undefined) {
    const member = 'userinfo_signed_response_alg';
    problems.addUnlessReported([...path, member], 'is required: encryption does not replace the signature');
  }
}
