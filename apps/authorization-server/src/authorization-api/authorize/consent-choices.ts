import type { AuthorizationOptions, AuthorizationRequest, ConsentSpan, MissingConsent } from '@valetkey/oauth';
import { isTimed } from '@valetkey/oauth';
import type { FormValues } from '../../interaction/interaction-kind.js';

/** Fields of the page. */
export const RESOURCES = 'resources';
export const DURATION = 'duration';
/** The choice of all resources; no resource is called so, since resources are URIs. */
export const ALL = 'all';

/** What she chooses besides scopes; a list that is empty is no choice. The first of each is preselected. */
export interface ConsentChoices {
  /** All of these, or one. */
  readonly resources: readonly string[];
  readonly spans: readonly ConsentSpan[];
}

/** What she chose. */
export interface ChosenConsent {
  readonly resources: readonly string[];
  /** Absent: nobody asked her. */
  readonly lasts?: ConsentSpan;
}

type Options = Pick<AuthorizationOptions, 'consentDays' | 'consentWithoutEnd'>;

/** What there is to choose. Pure. */
export function choicesOf(request: AuthorizationRequest, missing: MissingConsent, options: Options): ConsentChoices {
  return {
    resources: missing.resources.length > 1 ? missing.resources : [],
    spans: hasChoice(request, missing) ? spansOf(request, options) : [],
  };
}

/**
 * What a posted page says, or `undefined` where it says what the page does not offer. A field that is absent is as it was
 * preselected. Pure.
 */
export function chosenIn(
  form: FormValues,
  request: AuthorizationRequest,
  missing: MissingConsent,
  options: Options,
): ChosenConsent | undefined {
  const { resources, spans } = choicesOf(request, missing, options);
  const resource = form.get(RESOURCES) ?? ALL;
  const [preselected] = spans;
  const span = form.get(DURATION);
  const lasts = span === undefined ? preselected : spans.find((one) => String(one) === span);
  if (resource !== ALL && !resources.includes(resource)) return undefined;
  if (span !== undefined && lasts === undefined) return undefined;
  const before = request.resources.filter((one) => !missing.resources.includes(one));
  return {
    resources: resource === ALL ? request.resources : [...before, resource],
    ...(lasts !== undefined && { lasts }),
  };
}

/** Who she is she says at each sign-in anew; everything else has an end. Where nothing is new, the end stays as it is. */
function hasChoice({ scopes }: AuthorizationRequest, missing: MissingConsent): boolean {
  const { resources, authorizationDetails } = missing;
  if (missing.scopes.length + resources.length + authorizationDetails.length === 0) return false;
  return isTimed({ scopes, resources, authorizationDetails });
}

/** What is changed by name is not for one time only. */
function spansOf({ grantManagementAction }: AuthorizationRequest, options: Options): ConsentSpan[] {
  return [
    ...options.consentDays,
    ...(grantManagementAction === undefined ? (['once'] as const) : []),
    ...(options.consentWithoutEnd ? (['until_ended'] as const) : []),
  ];
}
