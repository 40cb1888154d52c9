import { z } from 'zod';

import { settingsSchema } from './schema/settings.schema.js';

/** The parts of a JSON Schema that the settings have, and notes of ours for the reference, which editors do not get. */
export interface SettingsJsonSchema {
  $schema?: string;
  title?: string;
  description?: string;
  type?: string;
  enum?: readonly unknown[];
  const?: unknown;
  default?: unknown;
  properties?: Record<string, SettingsJsonSchema>;
  required?: readonly string[];
  items?: SettingsJsonSchema;
  oneOf?: readonly SettingsJsonSchema[];
  patternProperties?: Record<string, SettingsJsonSchema>;
  /** Kind of value in words. */
  valueType?: string;
  /** Default in words, where it depends on other settings. */
  defaultText?: string;
  /** Exactly one of these members is given. */
  oneRequired?: readonly string[];
  /** Members that may be repeated with a language tag. */
  languageTagged?: readonly string[];
}

const OUR_NOTES = ['valueType', 'defaultText', 'oneRequired', 'languageTagged'] as const;

/** The schema with our notes, as the settings reference reads it. */
export function annotatedJsonSchema(): SettingsJsonSchema {
  return z.toJSONSchema(settingsSchema, { io: 'input', target: 'draft-2020-12' }) as SettingsJsonSchema;
}

/** JSON Schema (draft 2020-12) of `valetkey.yaml`, for editors: completion, explanations, first checks. */
export function settingsJsonSchema(): SettingsJsonSchema {
  const { $schema, ...schema } = forEditors(annotatedJsonSchema());
  return { $schema, title: 'Valetkey configuration', ...schema };
}

/** Replaces our notes by what JSON Schema has for them, at every depth. */
function forEditors(schema: SettingsJsonSchema): SettingsJsonSchema {
  const { oneRequired, languageTagged, properties } = schema;
  const result: SettingsJsonSchema = { ...schema };
  for (const note of OUR_NOTES) delete result[note];
  if (properties !== undefined) {
    result.properties = Object.fromEntries(
      Object.entries(properties).map(([name, member]) => [name, forEditors(member)]),
    );
  }
  if (schema.items !== undefined) result.items = forEditors(schema.items);
  if (oneRequired !== undefined) result.oneOf = oneRequired.map((name) => ({ required: [name] }));
  if (languageTagged !== undefined && properties !== undefined) {
    result.patternProperties = Object.fromEntries(
      languageTagged.map((name) => [`^${name}#[A-Za-z0-9-]+$`, forEditors(properties[name] ?? {})]),
    );
  }
  return result;
}
