import type { AskedResource, OwnRequestRow, RequestView, ResourceName } from '@valetkey/owner-contract';
import { messagesOf } from '../messages/messages-of.js';
import type { RequestMessages } from '../messages/wording-messages.js';
import { fillParts } from '../parts/fill.js';
import type { Parts } from '../parts/part.js';
import { nameText } from '../parts/part.js';
import type { Reader } from '../reader.js';
import type { Deed } from './deeds.js';
import { deed, place } from './deeds.js';

/** What a sentence about a request needs to know; a `RequestView` has it. */
export interface SentenceRequest {
  readonly who: Pick<RequestView['who'], 'name'>;
  readonly asked: readonly {
    readonly resource: Pick<ResourceName, 'name'>;
    readonly scopes: readonly Deed[];
  }[];
}

/** "Mara Lindt asks to see and approve purchase requests in Purchase approvals", without a full stop: a heading, a mail's subject. */
export function requestSentence(request: SentenceRequest, reader: Reader): Parts {
  return sentence(request, reader, 'asks');
}

/** The same of what was asked some time ago. */
export function pastRequestSentence(request: SentenceRequest, reader: Reader): Parts {
  return sentence(request, reader, 'asked');
}

/** To who asked: "You asked Anna to be able to see photos in Album". */
export function ownRequestSentence(
  { owner, asked }: Pick<OwnRequestRow, 'owner'> & { readonly asked: readonly AskedResource[] },
  reader: Reader,
): Parts {
  return sentence({ who: owner, asked }, reader, 'asksYou');
}

function sentence({ who, asked }: SentenceRequest, reader: Reader, form: keyof RequestMessages): Parts {
  const { requests } = messagesOf(reader.language);
  const what = deed(
    asked.flatMap(({ scopes }) => scopes),
    reader.language,
  );
  const resources = asked.map(({ resource }) => resource);
  return fillParts(requests[form], nameText(who.name), what, place(resources, resources.length, reader.language));
}
