import type { UseMutationResult } from '@tanstack/react-query';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { AccessRow, ResourceView, ScopeView, ShareChange } from '@valetkey/owner-contract';
import type { Dispatch } from 'react';
import { useState } from 'react';
import { plainText, sharedToast } from '@valetkey/wording';
import { read } from '../api/api-client.js';
import { useChange } from '../api/change.hook.js';
import { Refusal } from '../api/errors.js';
import { useKeptForm } from '../api/kept-form.hook.js';
import { useSession } from '../api/session.hook.js';
import { useMessages } from '../language/language.hook.js';
import { useWording } from '../language/wording.hook.js';
import type { Problems } from '../parts/problems.part.js';
import { toast } from '../shell/toast-queue.js';
import type { Duration, Span } from './duration.js';
import { spanOf } from './duration.js';
import { ownDays } from './own-days.js';
import { readAgain } from './refresh.js';
import { SHARING } from './sharing.messages.js';

interface Content extends Duration {
  readonly scopes: readonly string[];
  /** The share as it was when the form opened: a change against another one is a lost race, also after news of it came. */
  readonly seen: AccessRow;
}

interface Sent {
  readonly body: ShareChange;
  readonly version: string;
}

/** A change of a share that is being made. */
export interface ChangeForm {
  readonly content: Content;
  readonly setContent: Dispatch<Content>;
  readonly offered: readonly ScopeView[];
  readonly present: Span;
  readonly ownDays: number;
  readonly ids: { readonly scopes: string; readonly duration: string };
  /** What keeps it from being saved; nothing before the first press. */
  readonly problems: Problems;
  readonly tries: number;
  readonly save: UseMutationResult<AccessRow, Error, Sent>;
  /** The row as it would be; absent while something is missing. */
  readonly mine: AccessRow | undefined;
  /** As somebody else made it meanwhile. */
  readonly theirs: AccessRow | undefined;
  /** Saves over a version: the one that she saw as the form opened, unless another one is named. */
  readonly press: (version?: string) => void;
  readonly takeTheirs: () => void;
}

/** @param onClose - it is saved, or left */
export function useChangeForm(row: AccessRow, onClose: () => void): ChangeForm {
  const texts = useMessages(SHARING);
  const reader = useWording();
  const client = useQueryClient();
  const { sharing: rules, settings } = useSession();
  const [content, setContent] = useKeptForm<Content>(`change ${row.id}`, {
    scopes: row.scopes.map(({ scope }) => scope),
    chip: 'proposed',
    first: '',
    last: '',
    seen: row,
  });
  const { seen } = content;
  const [tries, setTries] = useState(0);
  const offered = useOffered(seen);
  const save = useSave(seen, onClose);
  const present: Span = { until: seen.until ?? null, ...(seen.from !== undefined && { from: seen.from }) };
  const ids = { scopes: `scopes-${row.id}`, duration: `duration-${row.id}` };
  const span = spanOf(content, { reader, rules, proposed: present });
  const { body, problems } = bodyOf(content, span, { ids, texts });
  return {
    ...{ content, setContent, offered, present, ids, tries, save },
    ownDays: ownDays(seen.holder, { rules, settings }),
    problems: tries > 0 ? problems : {},
    mine: body && { ...seen, ...membersOf(body, offered) },
    theirs: currentOf(save.error),
    press: (version = seen.version) => {
      setTries(tries + 1);
      if (body) save.press({ body, version });
    },
    takeTheirs: () => void readAgain(client).then(onClose),
  };
}

function useSave({ id }: AccessRow, onSaved: () => void) {
  const client = useQueryClient();
  const reader = useWording();
  return useChange<Sent, AccessRow>((sent) => ({ method: 'PUT', path: `shares/${encodeURIComponent(id)}`, ...sent }), {
    onDone: ({ holder, until }) => {
      toast(plainText(sharedToast({ name: holder.short_name }, until, reader)));
      onSaved();
      return readAgain(client);
    },
  });
}

/** Everything that the resource's service lets be given, what is given already first known. */
function useOffered(row: AccessRow): readonly ScopeView[] {
  const [resource] = row.resources;
  const { data } = useQuery({
    queryKey: ['resource', resource?.id, 'scopes'],
    queryFn: ({ signal }) => read<ResourceView>(`resources/${encodeURIComponent(resource?.id ?? '')}`, signal),
    enabled: resource !== undefined && resource.removed !== true,
  });
  const offered = data?.described_scopes ?? [];
  const held = row.scopes.filter(({ scope }) => offered.every((one) => one.scope !== scope));
  return [...held, ...offered];
}

interface Frame {
  readonly ids: { readonly scopes: string; readonly duration: string };
  readonly texts: (typeof SHARING)['en'];
}

function bodyOf(
  { scopes }: Content,
  span: ReturnType<typeof spanOf>,
  { ids, texts }: Frame,
): { readonly body?: ShareChange; readonly problems: Problems } {
  const problems: Problems = {
    ...(scopes.length === 0 && { [ids.scopes]: texts.problems.nothing_allowed }),
    ...(typeof span === 'string' && { [ids.duration]: texts.problems[span] }),
  };
  return typeof span === 'string' || scopes.length === 0 ? { problems } : { body: { scopes, ...span }, problems };
}

/** The members of a row as they would be. */
function membersOf({ scopes, from, until }: ShareChange, all: readonly ScopeView[]) {
  return { scopes: all.filter(({ scope }) => scopes.includes(scope)), from, until: until ?? undefined };
}

function currentOf(error: Error | null): AccessRow | undefined {
  return error instanceof Refusal && error.isLostRace ? (error.answer.current as AccessRow | undefined) : undefined;
}
