import type { ApprovalDraft, RequestView } from '@valetkey/owner-contract';
import type { Dispatch } from 'react';
import { useState } from 'react';
import { useKeptForm } from '../../api/kept-form.hook.js';
import { useSession } from '../../api/session.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import type { Problems } from '../../parts/problems.part.js';
import { SHARING } from '../../sharing/sharing.messages.js';
import type { AnswerContent, AnswerFrame, Drafted } from './answer-draft.js';
import { draftOf, firstContent } from './answer-draft.js';
import { durationId, scopesId } from './answer-ids.js';

/** An answer that is being made. */
export interface AnswerForm {
  readonly request: RequestView;
  readonly content: AnswerContent;
  readonly setContent: Dispatch<AnswerContent>;
  readonly frame: AnswerFrame;
  readonly drafted: Drafted;
  /** What keeps it from being given; nothing before the first press. */
  readonly problems: Problems;
  readonly tries: number;
  /** Gives what is chosen; says what is missing otherwise. */
  readonly press: (give: (approval: ApprovalDraft) => void) => void;
}

/** Kept over a sign-in in its middle. */
export function useAnswerForm(request: RequestView): AnswerForm {
  const texts = useMessages(SHARING);
  const reader = useWording();
  const { sharing: rules, settings } = useSession();
  const frame = { reader, rules, settings };
  const [content, setContent] = useKeptForm(`request ${request.id}`, firstContent(request, frame));
  const [tries, setTries] = useState(0);
  const drafted = draftOf(request, content, frame);
  const { approval, span, isNothing } = drafted;
  const first = request.asked[0]?.resource.id ?? '';
  const problems: Problems = {
    ...(isNothing && { [scopesId(request, first)]: texts.problems.nothing_allowed }),
    ...(typeof span === 'string' && { [durationId(request)]: texts.problems[span] }),
  };
  const press: AnswerForm['press'] = (give) => {
    setTries(tries + 1);
    if (approval) give(approval);
  };
  return { request, content, setContent, frame, drafted, problems: tries > 0 ? problems : {}, tries, press };
}
