import { z } from 'zod';

import { secretReferenceSchema } from './secret-reference.schema.js';
import { partnerIssuerProblem } from './url-checks.js';
import { identifier, issuerIdentifier, languageTag, shownText, text, timeZone } from './values.js';

export const accountIdentitySchema = z.strictObject({
  issuer: issuerIdentifier(partnerIssuerProblem).meta({ description: 'Issuer that knows the person.' }),
  subject: text(255).meta({ description: 'Subject under which it knows the person; belongs to one account only.' }),
});

export const accountSchema = z.strictObject({
  id: identifier().meta({
    description: 'Identifier of the account, the `sub` of its tokens; unique, and different from every client id.',
  }),
  username: shownText(100).meta({ description: 'Name to sign in with; unique whatever the case of its letters.' }),
  name: shownText(100).meta({ description: 'Name for people.' }),
  email: z
    .string()
    .max(254, 'must not be longer than 254 characters')
    .regex(/^[^\s@\p{Cc}\p{Cs}]+@[^\s@\p{Cc}\p{Cs}]+$/u, 'must be an e-mail address')
    .optional()
    .meta({ valueType: 'e-mail address', description: 'E-mail address.' }),
  locale: languageTag().optional().meta({ description: 'Preferred language.' }),
  zone: timeZone().optional().meta({ description: 'Time zone of the person.' }),
  enabled: z.boolean().prefault(true).meta({ description: 'A disabled account owns but cannot act.' }),
  password: secretReferenceSchema.optional().meta({
    description:
      'Where a first password is found, 12 to 128 characters. Taken at the start when it was not taken before: what the person ' +
      'sets later stays until this one changes.',
  }),
  identities: z
    .array(accountIdentitySchema)
    .max(20, 'must not have more than 20 entries')
    .prefault([])
    .meta({ description: 'Under which names trusted issuers know the person.' }),
});

export type AccountSettings = z.output<typeof accountSchema>;
