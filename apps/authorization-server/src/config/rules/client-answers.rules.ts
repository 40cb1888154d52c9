import type { ClientMetadata } from '@valetkey/clients';
import { redirectUriProblem } from '@valetkey/clients';
import { GRANT_TYPE, IDENTITY_SCOPE, keyAlgorithmOf } from '@valetkey/protocol';

import type { ProblemList, SettingPath } from '../problem-list.js';
import type { ClientSettings } from '../schema/clients.schema.js';
import { algorithmsOfKey } from '../schema/jwks.schema.js';
import { checkClientEncryption } from './client-encryption.rules.js';

type ClientDraft = Partial<ClientSettings>;

const ALGORITHMS = [
  'id_token_signed_response_alg',
  'userinfo_signed_response_alg',
  'introspection_signed_response_alg',
  'authorization_signed_response_alg',
] as const;

/** Pinned algorithms of what it signs itself. */
const OWN_ALGORITHMS = ['request_object_signing_alg', 'token_endpoint_auth_signing_alg'] as const;

/** What kind of program a client is when the file does not say. */
export function applicationTypeOf(client: ClientDraft): ClientMetadata['applicationType'] {
  if (client.application_type !== undefined) return client.application_type;
  const isOnTheWeb = client.redirect_uris?.some((uri) => uri.startsWith('https:')) ?? false;
  return client.type === 'public' && !isOnTheWeb ? 'native' : 'web';
}

/** Whether it says what its public keys are, or where. */
function hasKeys({ jwks, jwks_uri: address }: ClientDraft): boolean {
  return jwks !== undefined || address !== undefined;
}

/** The hosts of its https addresses, each once. */
export function hostsOf(client: ClientDraft): string[] {
  const addresses = (client.redirect_uris ?? []).filter((uri) => uri.startsWith('https:'));
  return [...new Set(addresses.map((uri) => new URL(uri).hostname))];
}

/** Rules about where answers to a client go and how they are signed. */
export function checkClientAnswers(client: ClientDraft, path: SettingPath, context: AnswersContext): void {
  checkAddresses(client, path, context.problems);
  checkSubjects(client, path, context.problems);
  checkSigning(client, path, context);
  checkOwnSigning(client, path, context.problems);
  checkOptionalScopes(client, path, context.problems);
  checkClientEncryption(client, path, context.problems);
  client.authorization_details_types?.forEach((type, index) => {
    if (context.draft.authorization_details_types.some((one) => one.type === type)) return;
    const at = [...path, 'authorization_details_types', index];
    context.problems.addUnlessReported(at, 'is not the type of one of authorization_details_types');
  });
}

/** What else of the settings these rules look at. */
export interface AnswersDraft {
  readonly authorization_details_types: readonly { readonly type?: string | undefined }[];
  readonly keys: { readonly algorithms?: readonly string[] | undefined };
}

interface AnswersContext {
  readonly draft: AnswersDraft;
  readonly problems: ProblemList;
}

function checkAddresses(client: ClientDraft, path: SettingPath, problems: ProblemList): void {
  const usesCodes = client.grant_types?.includes(GRANT_TYPE.authorizationCode) ?? false;
  if (usesCodes && client.redirect_uris?.length === 0) {
    problems.addUnlessReported([...path, 'redirect_uris'], 'must have at least one entry for authorization_code');
  }
  for (const member of ['redirect_uris', 'post_logout_redirect_uris', 'claims_redirect_uris'] as const) {
    client[member]?.forEach((uri, index) => {
      const problem = redirectUriProblem(uri, applicationTypeOf(client));
      if (problem !== undefined) problems.addUnlessReported([...path, member, index], problem);
    });
  }
}

function checkSubjects(client: ClientDraft, path: SettingPath, problems: ProblemList): void {
  const isShared = client.subject_type === 'pairwise' && hostsOf(client).length > 1;
  if (!isShared || client.sector_identifier !== undefined) return;
  problems.addUnlessReported(
    [...path, 'sector_identifier'],
    'is required: redirect_uris have several hosts (OpenID Connect Core section 8.1)',
  );
}

function checkOptionalScopes(client: ClientDraft, path: SettingPath, problems: ProblemList): void {
  client.optional_scopes?.forEach((scope, index) => {
    const at = [...path, 'optional_scopes', index];
    if (scope === IDENTITY_SCOPE.openid) problems.addUnlessReported(at, 'must not be openid: it is the sign-in itself');
    else if (client.scopes?.includes(scope) === false) problems.addUnlessReported(at, 'is not one of scopes');
  });
}

function checkOwnSigning(client: ClientDraft, path: SettingPath, problems: ProblemList): void {
  const keys = client.jwks?.keys;
  for (const member of OWN_ALGORITHMS) {
    const algorithm = client[member];
    // What is at an address is looked at when it is needed.
    if (algorithm === undefined || keys === undefined || problems.has([...path, 'jwks'])) continue;
    if (keys.some((key) => key.use !== 'enc' && algorithmsOfKey(key).includes(algorithm))) continue;
    problems.addUnlessReported([...path, member], 'is not an algorithm of any of its jwks');
  }
  if (client.token_endpoint_auth_signing_alg === undefined) return;
  if (client.token_endpoint_auth_method === 'private_key_jwt') return;
  problems.addUnlessReported([...path, 'token_endpoint_auth_signing_alg'], 'is for private_key_jwt alone');
}

function checkSigning(client: ClientDraft, path: SettingPath, { draft, problems }: AnswersContext): void {
  if (client.require_signed_request_object === true && !hasKeys(client)) {
    problems.addUnlessReported([...path, 'jwks'], 'is required for require_signed_request_object');
  }
  const kept = draft.keys.algorithms;
  for (const member of ALGORITHMS) {
    const algorithm = client[member];
    if (algorithm === undefined || kept === undefined || kept.includes(keyAlgorithmOf(algorithm))) continue;
    problems.addUnlessReported([...path, member], 'must be one of keys.algorithms');
  }
}
