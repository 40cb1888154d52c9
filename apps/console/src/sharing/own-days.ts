import type { OwnerSettings, SharingRules, SubjectView } from '@valetkey/owner-contract';

/** How long she usually gives something to such a holder. Days. */
export function ownDays(
  { kind }: Pick<SubjectView, 'kind'>,
  { rules, settings }: { readonly rules: SharingRules; readonly settings: OwnerSettings },
): number {
  return kind === 'application' ? rules.application_default_days : (settings.default_days ?? rules.default_days);
}
