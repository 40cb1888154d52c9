import { GRANT_TYPE } from '@valetkey/protocol';

import type { ProblemList, SettingPath } from '../problem-list.js';
import type { ClientSettings } from '../schema/clients.schema.js';
import type { SettingsDraft } from '../schema/settings.schema.js';
import { checkClientAnswers } from './client-answers.rules.js';
import { checkClientCertificates } from './client-certificates.rules.js';
import { isEncryptedFor } from './client-encryption.rules.js';
import { refuseRepeated } from './uniqueness.js';

type ClientDraft = Partial<ClientSettings>;

/** How a client authenticates when the file does not say. */
export function authMethodOf(client: ClientDraft): ClientSettings['token_endpoint_auth_method'] {
  if (client.token_endpoint_auth_method !== undefined) return client.token_endpoint_auth_method;
  if (client.type === undefined) return undefined;
  return client.type === 'public' ? 'none' : 'client_secret_basic';
}

/** Rules between the members of one client, and between clients and the rest. */
export function checkClients(draft: SettingsDraft, problems: ProblemList): void {
  refuseRepeated(
    draft.clients.map((client, index) => ({ value: client.client_id, path: ['clients', index, 'client_id'] })),
    'is the client_id of another client',
    problems,
  );
  const resources = new Set(draft.resource_servers.map((server) => server.resource));
  draft.clients.forEach((client, index) => {
    const path = ['clients', index];
    checkType(client, path, problems);
    checkCredentials(client, path, problems);
    checkAudiences(client, path, { resources, problems });
    checkClientAnswers(client, path, { draft, problems });
    checkClientCertificates(client, path, { tls: draft.tls, problems });
  });
}

function checkType(client: ClientDraft, path: SettingPath, problems: ProblemList): void {
  const method = [...path, 'token_endpoint_auth_method'];
  if (client.type === 'confidential' && client.token_endpoint_auth_method === 'none') {
    problems.addUnlessReported(method, 'must not be none: a confidential client authenticates');
  }
  if (client.type !== 'public') return;
  if (authMethodOf(client) !== 'none')
    problems.addUnlessReported(method, 'must be none: a public client has no secret or key');
  const grant = client.grant_types?.indexOf('client_credentials') ?? -1;
  if (grant >= 0) {
    problems.addUnlessReported(
      [...path, 'grant_types', grant],
      'is not for public clients, which cannot authenticate (RFC 6749 section 4.4)',
    );
  }
}

/** A client has exactly the credential that its method uses, so no second way in is left open by mistake. */
function checkCredentials(client: ClientDraft, path: SettingPath, problems: ProblemList): void {
  if (problems.has([...path, 'token_endpoint_auth_method'])) return;
  const method = authMethodOf(client);
  if (method === undefined) return;
  const usesSecret = method === 'client_secret_basic' || method === 'client_secret_post';
  checkCredential(client, 'secret', usesSecret ? 'needed' : 'refused', { method, path, problems });
  const namesAddress = client.jwks_uri !== undefined || problems.has([...path, 'jwks_uri']);
  checkCredential(client, namesAddress ? 'jwks_uri' : 'jwks', keysOf(client, method), { method, path, problems });
  if (client.jwks !== undefined && client.jwks_uri !== undefined) {
    problems.addUnlessReported([...path, 'jwks_uri'], 'must not be given together with jwks');
  }
}

/** Keys verify what a client signs, request objects too where it asks people, and encrypt what is for it alone. */
function keysOf(client: ClientDraft, method: string): 'needed' | 'allowed' | 'refused' {
  if (method === 'private_key_jwt' || method === 'self_signed_tls_client_auth') return 'needed';
  const asksPeople = client.grant_types?.includes(GRANT_TYPE.authorizationCode) ?? false;
  return asksPeople || isEncryptedFor(client) ? 'allowed' : 'refused';
}

function checkCredential(
  client: ClientDraft,
  member: 'secret' | 'jwks' | 'jwks_uri',
  rule: 'needed' | 'allowed' | 'refused',
  { method, path, problems }: { method: string; path: SettingPath; problems: ProblemList },
): void {
  const isGiven = client[member] !== undefined;
  if (rule === 'needed' && !isGiven) problems.addUnlessReported([...path, member], `is required for ${method}`);
  if (rule === 'refused' && isGiven) {
    problems.addUnlessReported([...path, member], `must not be given: ${method} does not use it`);
  }
}

function checkAudiences(
  client: ClientDraft,
  path: SettingPath,
  { resources, problems }: { resources: ReadonlySet<string | undefined>; problems: ProblemList },
): void {
  client.audiences?.forEach((audience, position) => {
    if (!resources.has(audience)) {
      problems.addUnlessReported([...path, 'audiences', position], 'is not the resource of one of resource_servers');
    }
  });
  if (client.access_token_format === 'jwt' && client.audiences?.length === 0) {
    problems.addUnlessReported(
      [...path, 'audiences'],
      'must have at least one entry: a JWT access token needs an audience (RFC 9068 section 3)',
    );
  }
}
