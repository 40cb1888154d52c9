import type { ConsentSpan, StandingAccess } from '@valetkey/oauth';
import type { FormValues } from '../../interaction/interaction-kind.js';
import type { Messages } from '../../pages/messages/messages.js';
import type { Sentence } from '../../pages/kit/parts.js';
import type { ConsentModel } from '../../pages/views/consent.view.js';
import type { ConsentChoices } from './consent-choices.js';
import { ALL, DURATION, RESOURCES } from './consent-choices.js';

/** What is said with the choices. */
export interface Known {
  /** What the resources are called, in their order. */
  readonly names: readonly string[];
  /** What she gives with each of them alone. */
  readonly given: readonly (readonly Sentence[])[];
  /** What the chosen end holds for besides. */
  readonly standing: StandingAccess | undefined;
}

/** One before all, of which none is preselected; short before long, and the preselected one where it belongs. */
export function choiceFields(
  { resources, spans }: ConsentChoices,
  { names, given, standing }: Known,
  { consent }: Messages,
): Pick<ConsentModel, 'resources' | 'duration'> {
  const [preselected] = spans;
  const only = resources.map((value, index) => ({
    value,
    label: consent.resource(names[index] ?? value),
    given: given[index] ?? [],
    checked: false,
  }));
  const sorted = [...spans].sort((one, other) => lengthOf(one) - lengthOf(other));
  return {
    ...(only.length > 0 && {
      resources: { field: RESOURCES, choices: [...only, { value: ALL, label: consent.allOfThese, checked: false }] },
    }),
    ...(sorted.length > 0 && {
      duration: {
        field: DURATION,
        choices: sorted.map((lasts) => ({ value: String(lasts), lasts, checked: lasts === preselected })),
        ...(standing && { before: { endsAt: standing.endsAt } }),
      },
    }),
  };
}

/** As she left it, with the word which choice is open. */
export function withKept<S extends Pick<ConsentModel, 'optional' | 'resources' | 'duration'>>(
  said: S,
  form: FormValues,
): S {
  const { optional, resources, duration } = said;
  const isOpen = (field: string) => form.get(field) === undefined;
  const ticked = <C extends { readonly value: string }>(field: string, choice: C) => ({
    ...choice,
    checked: form.get(field) === choice.value,
  });
  return {
    ...said,
    optional: optional.map((one) => ticked(one.field, one)),
    ...(resources && {
      resources: {
        ...resources,
        choices: resources.choices.map((one) => ticked(RESOURCES, one)),
        isUnanswered: isOpen(RESOURCES),
      },
    }),
    ...(duration && {
      // What is preselected is so again where she said nothing.
      duration: isOpen(DURATION)
        ? { ...duration, isUnanswered: true }
        : { ...duration, choices: duration.choices.map((one) => ticked(DURATION, one)) },
    }),
  };
}

function lengthOf(span: ConsentSpan): number {
  if (span === 'once') return 0;
  return span === 'until_ended' ? Infinity : span;
}
