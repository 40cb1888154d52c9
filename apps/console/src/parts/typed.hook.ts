import { useEffect, useRef, useState } from 'react';
import { useSettled } from './settled.hook.js';

/** What is typed, told once she pauses; what the address says otherwise, by a step back, is taken over. */
export function useTyped(told: string, tell: (words: string) => void): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(told);
  const settled = useSettled(typed.trim(), 250);
  const last = useRef(told);
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => {
    if (settled === last.current) return;
    last.current = settled;
    latest.current(settled);
  }, [settled]);
  useEffect(() => {
    if (told === last.current) return;
    last.current = told;
    setTyped(told);
  }, [told]);
  return [typed, setTyped];
}
