export { around } from './parts/fill.js';
export { fillParts, listParts } from './parts/fill.js';
export type { Filled } from './parts/fill.js';
export type { Part, Parts } from './parts/part.js';
export { isolated as plainName } from '@valetkey/shown-text';
export { bareText, nameText, plain, plainText } from './parts/part.js';
export type { Language, Moment, Reader } from './reader.js';
export { inDaysOf, instantOf, LANGUAGES, localeOf } from './reader.js';
export type { DraftAccess, SentenceAccess } from './sentences/access-sentence.js';
export {
  accessLine,
  accessSentence,
  draftSentence,
  overSentence,
  sharedWithMeSentence,
} from './sentences/access-sentence.js';
export type { SentenceActivity } from './sentences/activity-line.js';
export { activityHeads, activityKind, activityLine } from './sentences/activity-line.js';
export type { Deed } from './sentences/deeds.js';
export { deed, deedLine, place } from './sentences/deeds.js';
export type { SentenceRequest } from './sentences/request-sentence.js';
export { ownRequestSentence, pastRequestSentence, requestSentence } from './sentences/request-sentence.js';
export {
  coverLine,
  deniedToast,
  givenBackToast,
  holdersText,
  lastRefused,
  revokedToast,
  sharedToast,
  stoppedToast,
} from './sentences/short-forms.js';
export type { CalendarDate } from './time/calendar.js';
export {
  addDays,
  dateOf,
  daysBetween,
  endOfDay,
  isCalendarDate,
  isDayStart,
  lastDayBefore,
  lastDayOf,
  startOfDay,
} from './time/calendar.js';
export { durationText } from './time/durations.js';
export {
  dayAndTimeText,
  dayText,
  end,
  endText,
  from,
  future,
  given,
  lasting,
  lastUsed,
  nextEnds,
  past,
  relativeText,
  start,
  startsText,
  timeText,
  until,
  waitText,
} from './time/moments.js';
export type { WordingFault } from './wording-faults.js';
export { wordingFaults } from './wording-faults.js';
