import { z } from 'zod';

import { scopeToken, text } from './values.js';

/** Members that may be repeated with a language tag, such as `display_name#de` (RFC 7591 §2.2). */
export const TAGGED_SCOPE_MEMBERS = { display_name: text(100), description: text(500) } as const;

/** The untagged members; tagged ones are split off before this schema is used. */
export const scopeSchema = z
  .strictObject({
    name: scopeToken().meta({ description: 'Scope this wording is for; each scope once.' }),
    display_name: TAGGED_SCOPE_MEMBERS.display_name.meta({
      description: 'Short wording for people; `display_name#de` gives it in another language.',
    }),
    description: TAGGED_SCOPE_MEMBERS.description.optional().meta({
      description: 'One sentence for people; `description#de` gives it in another language.',
    }),
  })
  .meta({ languageTagged: Object.keys(TAGGED_SCOPE_MEMBERS) });

export type ScopeSettings = z.output<typeof scopeSchema>;
