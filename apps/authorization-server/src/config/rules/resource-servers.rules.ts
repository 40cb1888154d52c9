import { IDENTITY_SCOPE, SERVER_SCOPE } from '@valetkey/protocol';

import type { ProblemList } from '../problem-list.js';
import type { SettingsDraft } from '../schema/settings.schema.js';
import { refuseRepeated } from './uniqueness.js';

const OWN_SCOPES: ReadonlySet<string> = new Set([...Object.values(SERVER_SCOPE), ...Object.values(IDENTITY_SCOPE)]);

/** Resource servers are distinct, each is a confidential client, and none takes the place of this server. */
export function checkResourceServers(draft: SettingsDraft, problems: ProblemList): void {
  const at = (index: number, member: string) => ['resource_servers', index, member];
  const servers = draft.resource_servers;
  refuseRepeated(
    servers.map((server, index) => ({ value: server.client_id, path: at(index, 'client_id') })),
    'is the client_id of another resource server',
    problems,
  );
  refuseRepeated(
    servers.map((server, index) => ({ value: server.resource, path: at(index, 'resource') })),
    'is the resource of another resource server',
    problems,
  );
  servers.forEach((server, index) => {
    checkClient(draft, server.client_id, { path: at(index, 'client_id'), problems });
    if (server.resource !== undefined && server.resource === draft.issuer) {
      problems.addUnlessReported(at(index, 'resource'), 'must not be the issuer of this server');
    }
    server.scopes?.forEach((scope, position) => {
      if (!OWN_SCOPES.has(scope)) return;
      problems.addUnlessReported([...at(index, 'scopes'), position], 'is a scope of this server itself');
    });
  });
}

function checkClient(
  draft: SettingsDraft,
  clientId: string | undefined,
  { path, problems }: { path: (string | number)[]; problems: ProblemList },
): void {
  if (clientId === undefined) return;
  const client = draft.clients.find((one) => one.client_id === clientId);
  if (client === undefined) problems.addUnlessReported(path, 'is not the client_id of one of clients');
  else if (client.type === 'public') problems.addUnlessReported(path, 'must be a confidential client');
}
