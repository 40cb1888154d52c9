import type { Paths } from '../operation.js';
import { answer, pageParameters, pathId, refusal, refusals } from '../operation.js';
import { BY_OPERATOR_SESSION } from '../security-schemes.js';

/** What every operation of the operator API has. */
export const BY_OPERATOR = { tags: ['Operator API'], security: BY_OPERATOR_SESSION };

/** What every operation may be answered with: nobody is signed in, or no operator is. */
export const NO_OPERATOR = { 401: refusal(['login_required'], 401), 403: refusal(['access_denied'], 403) };

export const OPERATOR_PATHS: Paths = {
  '/operator-api/jobs': {
    get: {
      ...BY_OPERATOR,
      operationId: 'listJobs',
      summary: 'Recurring work of the process that answers',
      responses: { 200: answer('All of it.', 'JobList'), ...NO_OPERATOR },
    },
  },
  '/operator-api/jobs/{id}/run': {
    parameters: [pathId('Of a job, such as `expire`.')],
    post: {
      ...BY_OPERATOR,
      operationId: 'runJob',
      summary: 'Runs a job now',
      description: 'Joins the run under way where there is one; waits up to five seconds for its end.',
      responses: { 200: answer('How it is now.', 'Job'), ...refusals('not_found'), ...NO_OPERATOR },
    },
  },
  '/operator-api/tokens': {
    get: {
      ...BY_OPERATOR,
      operationId: 'listTokens',
      summary: 'Living tokens by client, those with the most first, and what the token endpoint answers',
      parameters: pageParameters({ usual: 25, most: 100, cursor: 400 }),
      responses: {
        200: answer('Counted a few seconds ago at most.', 'TokenCounts'),
        ...refusals('invalid_request'),
        ...NO_OPERATOR,
      },
    },
  },
};
