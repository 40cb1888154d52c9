import type { Settings } from '../support/world.js';

/** Words for the scopes of albums, so that sentences say what they allow. */
export const WORDED: Settings = {
  scopes: [
    {
      name: 'view',
      level: 'see',
      verb: 'see',
      'verb#de': 'ansehen',
      object: 'photos',
      'object#de': 'Fotos',
    },
    {
      name: 'print',
      level: 'act',
      verb: 'order',
      'verb#de': 'bestellen',
      object: 'prints',
      'object#de': 'Abzüge',
      consequence: 'It costs money each time.',
      'consequence#de': 'Es kostet jedes Mal Geld.',
    },
  ],
};
