import type { Language } from '../reader.js';
import { de } from './de.js';
import { en } from './en.js';
import type { WordingMessages } from './wording-messages.js';

const MESSAGES: Readonly<Record<Language, WordingMessages>> = { en, de };

export function messagesOf(language: Language): WordingMessages {
  return MESSAGES[language];
}
