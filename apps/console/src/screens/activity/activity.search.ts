import type { ActivityKind } from '@valetkey/owner-contract';
import { ACTIVITY_KINDS } from './activity-kinds.js';

/** What the address of the screen says besides its path. Days are those of the owner's calendar. */
export interface ActivitySearch {
  /** Words of names and permissions. */
  readonly q?: string;
  readonly from?: string;
  readonly to?: string;
  /** Handle of a person or group. */
  readonly holder?: string;
  /** Handle of an application. */
  readonly application?: string;
  /** Id of a resource. */
  readonly resource?: string;
  readonly kind?: ActivityKind;
}

/** Reads it; what is malformed is left out. */
export function toActivitySearch(given: Record<string, unknown>): ActivitySearch {
  const kind = ACTIVITY_KINDS.find((one) => one === given['kind']);
  return {
    ...text(given, 'q'),
    ...day(given, 'from'),
    ...day(given, 'to'),
    ...text(given, 'holder'),
    ...text(given, 'application'),
    ...text(given, 'resource'),
    ...(kind && { kind }),
  };
}

function day<Name extends 'from' | 'to'>(
  given: Record<string, unknown>,
  name: Name,
): { readonly [Key in Name]?: string } {
  const value = given[name];
  return typeof value === 'string' && isDay(value) ? ({ [name]: value } as { [Key in Name]: string }) : {};
}

function text<Name extends string>(given: Record<string, unknown>, name: Name): { readonly [Key in Name]?: string } {
  const value = given[name];
  return typeof value === 'string' && value !== '' ? ({ [name]: value } as { [Key in Name]: string }) : {};
}

/** Whether it is a day that exists. Without libs/wording, which screens bring with them: addresses are read before any of them is there. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const midnight = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text);
}
