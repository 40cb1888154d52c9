import type { Dispatch, SetStateAction } from 'react';
import { useEffect, useRef, useState } from 'react';
import { presentAddress } from './address.js';
import { beforeSignIn } from './session-over.js';
import { useSession } from './session.hook.js';

const KEPT_MS = 15 * 60_000;

interface Kept {
  readonly at: number;
  readonly person: string;
  readonly content: unknown;
}

/**
 * The content of a form, as `useState`, that is still there after a sign-in in its middle: for 15 minutes, in this tab, at this
 * address, and for the person who wrote it.
 * @param name - tells forms of one screen apart
 */
export function useKeptForm<Content>(name: string, initial: Content): [Content, Dispatch<SetStateAction<Content>>] {
  const person = useSession().person.id;
  const [content, setContent] = useState<Content>(() => readKept<Content>(name, person) ?? initial);
  // Not while it renders: what renders first may be thrown away, and render again.
  useEffect(() => sessionStorage.removeItem(keyOf(name)), [name]);
  const latest = useRef(content);
  useEffect(() => {
    latest.current = content;
  }, [content]);
  useEffect(
    () =>
      beforeSignIn(() => {
        const kept: Kept = { at: Date.now(), person, content: latest.current };
        sessionStorage.setItem(keyOf(name), JSON.stringify(kept));
      }),
    [name, person],
  );
  return [content, setContent];
}

function readKept<Content>(name: string, person: string): Content | undefined {
  const text = sessionStorage.getItem(keyOf(name));
  if (text === null) return undefined;
  try {
    const { at, person: writer, content } = JSON.parse(text) as Kept;
    return writer === person && Date.now() - at < KEPT_MS ? (content as Content) : undefined;
  } catch {
    return undefined;
  }
}

function keyOf(name: string): string {
  return `form ${name} ${presentAddress()}`;
}
