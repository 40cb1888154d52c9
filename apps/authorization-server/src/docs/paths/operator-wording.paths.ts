import type { Json, Paths } from '../operation.js';
import { answer, IF_MATCH_NEEDED, jsonBody, pageParameters, pathId, queryParameter, refusals } from '../operation.js';
import { BY_OPERATOR, NO_OPERATOR } from './operator.paths.js';

const OF_SCOPE = [pathId('Of a scope, as the list says.')];

/** A change needs the version that was read. */
const change = (operationId: string, summary: string): Json => ({
  ...BY_OPERATOR,
  operationId,
  summary,
  parameters: [IF_MATCH_NEEDED],
  responses: {
    200: answer('How it is now.', 'WordingRow'),
    ...refusals('invalid_request', 'not_found', 'precondition_failed', 'precondition_required'),
    ...NO_OPERATOR,
  },
});

export const OPERATOR_WORDING_PATHS: Paths = {
  '/operator-api/resource-servers': {
    get: {
      ...BY_OPERATOR,
      operationId: 'listResourceServers',
      summary: 'Resource servers: whether they answer, what they registered, for how many owners they have tokens',
      responses: { 200: answer('All of them.', 'ResourceServerList'), ...NO_OPERATOR },
    },
  },
  '/operator-api/wording': {
    get: {
      ...BY_OPERATOR,
      operationId: 'listWording',
      summary: 'What owners read instead of the names of scopes',
      parameters: [
        ...pageParameters({ usual: 50, most: 200, cursor: 200 }),
        queryParameter('search', 'In scopes, their words and the names of their servers.', {
          type: 'string',
          maxLength: 100,
        }),
        queryParameter('state', 'Those alone that owners cannot give yet.', { enum: ['lacking'] }),
      ],
      responses: { 200: answer('By scope.', 'WordingList'), ...refusals('invalid_request'), ...NO_OPERATOR },
    },
  },
  '/operator-api/wording/{id}': {
    parameters: OF_SCOPE,
    get: {
      ...BY_OPERATOR,
      operationId: 'readWording',
      summary: 'The wording of one scope',
      responses: { 200: answer('How it is now.', 'WordingDetail'), ...refusals('not_found'), ...NO_OPERATOR },
    },
    put: {
      ...change('saveWording', 'Keeps words as a draft, or publishes them'),
      description:
        'Published words have a level, and verb and object in every language of the server; and none that owners must not read; `fields` of the refusal says of each ' +
        'why: `missing`, `too_many_words` (more than nine of verb and object) or `forbidden_word`.',
      requestBody: jsonBody('WordingChange', 'The words.'),
    },
  },
  '/operator-api/wording/{id}/withdraw': {
    parameters: OF_SCOPE,
    post: change('withdrawWording', 'Nobody can give the scope from now on'),
  },
  '/operator-api/wording/{id}/reset': {
    parameters: OF_SCOPE,
    post: change('resetWording', 'The words of the configuration are in force again'),
  },
};
