import { z } from 'zod';
import { shareSchema } from '../access/share-schemas.js';

/** What an owner offers to an e-mail address. */
export const invitationSchema = shareSchema
  .pick({ resource_ids: true, scopes: true, from: true, until: true, note: true })
  .extend({
    address: z.string().min(3).max(254).describe('The e-mail address that the invitation is sent to.'),
  });

export type InvitationBody = z.output<typeof invitationSchema>;
