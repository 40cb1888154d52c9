import type { Json, Paths } from '../operation.js';
import { answer, pathId, queryParameter, reference, refusal, refusals } from '../operation.js';
import { object, TEXT } from '../schemas/common.schemas.js';
import { BY_OWNER_WRITING } from '../security-schemes.js';

const SUBJECT: Json = object(
  {
    kind: { enum: ['person', 'application', 'service', 'group'] },
    id: { type: 'string', description: 'Handle, opaque.' },
    name: TEXT,
    short_name: TEXT,
    verification: { enum: ['account', 'partner', 'operator', 'none'] },
  },
  {
    organisation: { type: 'string', description: 'Publisher of an application, partner of a person.' },
    verified_by: TEXT,
    removed: { const: true },
    current: { type: 'object', description: 'What it holds of the resource that was named.' },
  },
);
const SUBJECTS: Json = { type: 'array', items: SUBJECT };

export const DIRECTORY_SCHEMAS: Json = {
  DirectoryAnswer: object({
    people: SUBJECTS,
    applications: SUBJECTS,
    more: { type: 'boolean', description: 'There are more: type more letters.' },
  }),
  ApplicationView: object({
    subject: SUBJECT,
    scopes: {
      type: 'array',
      items: reference('DescribedScope'),
      description: 'What it may be given at all, in words.',
    },
  }),
};

/** Whom an owner can share with. */
export const DIRECTORY_PATHS: Paths = {
  '/me/directory': {
    get: {
      tags: ['Owner API'],
      security: BY_OWNER_WRITING,
      operationId: 'searchDirectory',
      summary: 'Finds people and applications to share with, as far as `sharing.directory` allows',
      parameters: [
        queryParameter('q', 'Beginnings of words of a name; without it, those whom the owner knows.', TEXT),
        queryParameter('resource_id', 'Tells what each holds of this resource of the owner.', TEXT),
      ],
      responses: {
        200: answer('Those whom the owner knows first.', 'DirectoryAnswer'),
        429: refusal(['temporarily_unavailable'], 429),
        ...refusals('invalid_request', 'not_found', 'invalid_token', 'insufficient_scope'),
      },
    },
  },
  '/me/applications/{id}': {
    get: {
      tags: ['Owner API'],
      security: BY_OWNER_WRITING,
      operationId: 'getApplication',
      summary: 'What is to be known of an application before it is given access',
      parameters: [pathId('A handle of the directory.')],
      responses: {
        200: answer('One that the directory finds.', 'ApplicationView'),
        429: refusal(['temporarily_unavailable'], 429),
        ...refusals('not_found', 'invalid_token', 'insufficient_scope'),
      },
    },
  },
};
