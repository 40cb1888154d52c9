import { z } from 'zod';
import { count } from './values.js';

export const sharingSchema = z.strictObject({
  default_days: count(1, 3650).prefault(7).meta({
    description: 'For how many days a share with a person is preselected.',
  }),
  application_default_days: count(1, 3650).prefault(30).meta({
    description: 'For how many days access of an application is preselected.',
  }),
  longest_days: count(1, 3650)
    .prefault(3650)
    .meta({
      description:
        'Most days that owners may share for, and that may pass until a share begins. What a client of the owner API gives no end ends ' +
        'then, unless `no_end` lets owners share without one.',
    }),
  no_end: z.boolean().prefault(false).meta({
    description: 'Whether owners may share without an end.',
  }),
  directory: z.enum(['names', 'exact', 'none']).prefault('exact').meta({
    description:
      'Whom owners find to share with: people by parts of their names, by their whole address or user name only, or nobody.',
  }),
  invitations: z
    .boolean()
    .prefault(false)
    .meta({
      description:
        'Whether owners may invite people by e-mail whom they do not find: the link that is sent gives the access to whoever signs in ' +
        'here with it and accepts, once and within seven days. Links that wait open nothing while it is `false`.',
    }),
});

export type SharingSettings = z.output<typeof sharingSchema>;
