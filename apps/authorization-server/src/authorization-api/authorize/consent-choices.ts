import type { AuthorizationOptions, AuthorizationRequest, ConsentSpan, MissingConsent } from '@valetkey/oauth';
import { isTimed } from '@valetkey/oauth';
import type { FormValues } from '../../interaction/interaction-kind.js';

/** Fields of the page. */
export const RESOURCES = 'resources';
export const DURATION = 'duration';
/** The choice of all resources; no resource is called so, since resources are URIs. */
export const ALL = 'all';

/** What she chooses besides scopes; a list that is empty is no choice. */
export interface ConsentChoices {
  /** One, or all of these; none is preselected, since none is less than the others. */
  readonly resources: readonly string[];
  /** The first is preselected. */
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
    resources: resourcesOf(missing),
    spans: hasChoice(request, missing) ? spansOf(request, options) : [],
  };
}

/** What of the choices a posted page leaves open: she is asked again, and gives nothing by silence. Pure. */
export function unansweredIn(form: FormValues, { resources, spans }: ConsentChoices): readonly string[] {
  const asked = [...(resources.length > 0 ? [RESOURCES] : []), ...(spans.length > 0 ? [DURATION] : [])];
  return asked.filter((field) => form.get(field) === undefined);
}

/** What a posted page says, or `undefined` where it says what the page does not offer, or leaves a choice open. Pure. */
export function chosenIn(
  form: FormValues,
  request: AuthorizationRequest,
  missing: MissingConsent,
  options: Options,
): ChosenConsent | undefined {
  const { spans } = choicesOf(request, missing, options);
  const chosen = chosenResources(form, request, missing);
  const span = form.get(DURATION);
  const lasts = spans.find((one) => String(one) === span);
  const isOpen = lasts === undefined && (span !== undefined || spans.length > 0);
  if (!chosen || isOpen) return undefined;
  return { resources: chosen, ...(lasts !== undefined && { lasts }) };
}

/** With what she gave before; `undefined` where she chose none of those there are, or something else. */
function chosenResources(
  form: FormValues,
  request: AuthorizationRequest,
  missing: MissingConsent,
): readonly string[] | undefined {
  const resources = resourcesOf(missing);
  const resource = form.get(RESOURCES);
  if (resource === ALL || (resources.length === 0 && resource === undefined)) return request.resources;
  if (resource === undefined || !resources.includes(resource)) return undefined;
  return [...request.resources.filter((one) => !missing.resources.includes(one)), resource];
}

/** One is no choice. */
function resourcesOf({ resources }: MissingConsent): readonly string[] {
  return resources.length > 1 ? resources : [];
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
