import type { WordingMessages } from './wording-messages.js';

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
const inPlace = (place: string) => (place === '' ? '' : ` in ${place}`);
const then = (rest: string) => (rest === '' ? '' : ` ${rest}`);

/** English. */
export const en: WordingMessages = {
  time: {
    day: (pieces) => pieces.replace(',', ''),
    dayAndTime: (day, time) => `${day}, ${time}`,
    endOfDay: (day, zone) => `${day}, 24:00 ${zone}`,
    timeIn: (time, zone) => `${time} ${zone}`,
    zone: (place) => `${place} time`,
    both: (first, second) => `${first} (${second})`,
    until: (end) => `until ${end}`,
    from: (start) => `from ${start}`,
    today: 'today',
    starts: (start) => `starts ${start}`,
    ends: (end) => `ends ${end}`,
    nextEnds: (end) => `next ends ${end}`,
    used: (when) => `Used ${when}`,
    neverUsed: 'Never used',
    refused: (when, wanted) => `Refused ${when}: wanted to ${wanted}`,
    given: (when) => `given ${when}`,
    days: (count) => plural(count, 'day', 'days'),
    weeks: (count) => plural(count, 'week', 'weeks'),
    years: (count) => plural(count, 'year', 'years'),
    noEnd: 'with no end date',
  },
  deeds: {
    phrase: (verbs, object) => `${verbs} ${object}`,
    undescribed: { verb: 'do', object: 'something that is not described yet' },
    nothing: 'do nothing',
    more: (count) => `${count} more`,
    many: (count) => plural(count, 'thing', 'things'),
  },
  access: {
    can: (who, deed, place, rest) => `${who} can ${deed}${inPlace(place)}${then(rest)}`,
    could: (who, deed, place, rest) => `${who} could ${deed}${inPlace(place)}${then(rest)}`,
    canNoMore: (who, deed, place) => `${who} can no longer ${deed}${inPlace(place)}`,
    canInList: (deed, place, rest) => `Can ${deed}${inPlace(place)}${then(rest)}`,
    couldInList: (deed, place, rest) => `Could ${deed}${inPlace(place)}${then(rest)}`,
    youCan: (deed, place, owner, rest) => `You can ${deed}${inPlace(place)}, shared by ${owner},${then(rest)}`,
    youCould: (deed, place, owner, rest) =>
      `You could ${deed}${inPlace(place)}, shared by ${owner}${rest === '' ? '' : `,${then(rest)}`}`,
    span: (from, until) => [from, until].filter((piece) => piece !== '').join(' '),
    through: (application) => `only through ${application}`,
    endsByItself: 'After that it ends by itself.',
    rests: 'It does not work at present.',
    over: {
      owner: (when) => `You ended it ${when}.`,
      expired: (when) => `It ended by itself ${when}.`,
      stopped: (when) => `It ended ${when}, when all access was stopped.`,
      handover_over: (when) => `It ended ${when}, with the time of cover.`,
      resource_removed: (when) => `It ended ${when}, because the service removed what was shared.`,
      holder: (when) => `It was given up ${when}.`,
      operator: (when) => `The operator ended it ${when}.`,
    },
    overByOwner: (owner, when) => `${owner} ended it ${when}.`,
    overSomehow: (when) => `It ended ${when}.`,
  },
  requests: {
    asks: (who, deed, place) => `${who} asks to ${deed}${inPlace(place)}`,
    asksYou: (owner, deed, place) => `You asked ${owner} to be able to ${deed}${inPlace(place)}`,
    asked: (who, deed, place) => `${who} asked to ${deed}${inPlace(place)}`,
  },
  short: {
    hasAccess: (who, until) => `${who} has access ${until}.`,
    hasAccessAgain: (who, until) => `${who} has access again ${until}.`,
    asksAgain: (who, until) => `${who} may have access again ${until}. It gets it the next time you use it.`,
    hasNoAccess: (who) => `${who} no longer has access.`,
    tokensEnded: (count) => `${plural(count, 'session', 'sessions')} ended.`,
    stillValid: (until) => `What was handed out may still be taken ${until}.`,
    denied: (who) => `You denied what ${who} asked for.`,
    covers: (who, count, until) => `${who} covers ${plural(count, 'thing', 'things')} ${until}.`,
    everythingEnded: (counts) => `Access of ${counts} has ended.`,
    people: (count) => plural(count, 'person', 'people'),
    applications: (count) => plural(count, 'application', 'applications'),
    groups: (count) => plural(count, 'group', 'groups'),
    onlyYou: 'Only you',
    nobody: 'Nobody but you had access.',
  },
};
