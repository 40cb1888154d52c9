import { z } from 'zod';

import { scopeToken, shownText } from './values.js';

/** Members that may be repeated with a language tag, such as `display_name#de` (RFC 7591 §2.2). */
export const TAGGED_SCOPE_MEMBERS = {
  verb: shownText(60),
  object: shownText(120),
  consequence: shownText(200),
  without: shownText(200),
  display_name: shownText(100),
  description: shownText(500),
} as const;

export type TaggedScopeMember = keyof typeof TAGGED_SCOPE_MEMBERS;

/** The untagged members; tagged ones are split off before this schema is used. */
export const scopeSchema = z
  .strictObject({
    name: scopeToken().meta({ description: 'Scope this wording is for; each scope once.' }),
    level: z
      .enum(['see', 'change', 'act', 'share'])
      .optional()
      .meta({
        description:
          'How far it goes: to see something, to change it, to act in the name of its owner, or to give it to others. Only what is ' +
          'to see is ever chosen beforehand. Owners can share a scope when it has a level, and a verb and an object in each of ' +
          '`pages.languages`.',
        defaultText: 'none: owners cannot share it in the console',
      }),
    verb: TAGGED_SCOPE_MEMBERS.verb.optional().meta({
      description:
        'What one does with it, to stand behind "can": `see`; `verb#de` gives it in another language, `ansehen`. Without a tag it is ' +
        'in the first of `pages.languages`.',
    }),
    object: TAGGED_SCOPE_MEMBERS.object.optional().meta({
      description: 'What one does it with, in the words of owners: `photos`; `object#de` gives it in another language.',
    }),
    consequence: TAGGED_SCOPE_MEMBERS.consequence.optional().meta({
      description:
        'One short line on what follows, for levels `act` and `share`; `consequence#de` gives it in another language.',
    }),
    without: TAGGED_SCOPE_MEMBERS.without.optional().meta({
      description:
        'One short sentence on what stops working where an application can do without it and somebody leaves it out: `Without it you ' +
        'choose each photo yourself.`; `without#de` gives it in another language.',
    }),
    display_name: TAGGED_SCOPE_MEMBERS.display_name.optional().meta({
      description:
        'Short wording for people where there is no verb and object; `display_name#de` gives it in another language.',
    }),
    description: TAGGED_SCOPE_MEMBERS.description.optional().meta({
      description: 'One sentence for people; `description#de` gives it in another language.',
    }),
  })
  .meta({ languageTagged: Object.keys(TAGGED_SCOPE_MEMBERS) });

export type ScopeSettings = z.output<typeof scopeSchema>;
