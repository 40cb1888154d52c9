import type { Language } from '../reader.js';
import { de } from './activity-de.js';
import { en } from './activity-en.js';
import type { ActivityMessages } from './wording-messages.js';

const MESSAGES: Readonly<Record<Language, ActivityMessages>> = { en, de };

/** Apart from the other words: they are many, and the owner's first screen needs none of them. */
export function activityMessagesOf(language: Language): ActivityMessages {
  return MESSAGES[language];
}
