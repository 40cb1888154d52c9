import { accountSamples } from './account-samples.fixture.js';
import { decisionSamples } from './decision-samples.fixture.js';
import { invitationSamples } from './invitation-samples.fixture.js';
import type { Sample } from './names.fixture.js';
import { outcomeSamples } from './outcome-samples.fixture.js';

/** Every page in every state that looks different. */
export const SAMPLES: readonly Sample[] = [
  ...accountSamples,
  ...decisionSamples,
  ...invitationSamples,
  ...outcomeSamples,
];
