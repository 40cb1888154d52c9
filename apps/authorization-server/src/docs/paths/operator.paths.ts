import type { Paths } from '../operation.js';
import { answer, refusal } from '../operation.js';
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
};
