import { OAuthError } from '@valetkey/oauth';
import type { ResourceSearch } from '@valetkey/uma';
import { filterOf } from '../../http/page-query.js';
import { IDENTIFIER } from '../owner-schemas.js';

const WORDS = /^[^\p{Cc}\p{Cs}]{0,100}$/u;
const LABEL = /^[^\p{Cc}\p{Cs}]{1,40}$/u;
const SHOW = { all: true, shared: true, private: true, ending: true, starred: true } as const;

/** Usual and largest page; the cursor names a service and a name. */
export const RESOURCE_PAGE = { usual: 50, most: 200, cursor: 1200 } as const;

/**
 * `q`, `show`, `label` and `service` of a list of resources.
 * @throws OAuthError invalid_request for values that none could have
 */
export function resourceSearchOf(query: Readonly<Record<string, unknown>>): ResourceSearch {
  const words = filterOf(query, 'q', WORDS);
  const label = filterOf(query, 'label', LABEL);
  const resourceServerId = filterOf(query, 'service', IDENTIFIER);
  return {
    show: shownOf(filterOf(query, 'show', /^[a-z]{1,20}$/)),
    ...(words !== undefined && { words }),
    ...(label !== undefined && { label }),
    ...(resourceServerId !== undefined && { resourceServerId }),
  };
}

function shownOf(show = 'all'): ResourceSearch['show'] {
  if (!isShown(show)) throw new OAuthError('invalid_request', 'page_malformed');
  return show;
}

function isShown(show: string): show is ResourceSearch['show'] {
  return Object.hasOwn(SHOW, show);
}
