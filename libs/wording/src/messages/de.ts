import type { WordingMessages } from './wording-messages.js';

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
const inPlace = (place: string) => (place === '' ? '' : ` in ${place}`);
const before = (rest: string) => (rest === '' ? '' : ` ${rest}`);

/** German. */
export const de: WordingMessages = {
  time: {
    day: (pieces) => pieces,
    dayAndTime: (day, time) => `${day}, ${time}`,
    endOfDay: (day, zone) => `${day}, 24:00 Uhr ${zone}`,
    timeIn: (time, zone) => `${time} Uhr ${zone}`,
    zone: (place) => `Zeit in ${place}`,
    both: (first, second) => `${first} (${second})`,
    until: (end) => `bis ${end}`,
    from: (start) => `ab ${start}`,
    today: 'heute',
    starts: (start) => `beginnt ${start}`,
    ends: (end) => `endet ${end}`,
    nextEnds: (end) => `nächstes Ende ${end}`,
    used: (when) => `Genutzt ${when}`,
    justNow: 'gerade eben',
    neverUsed: 'Nie genutzt',
    refused: (when, wanted) => `Abgewiesen ${when}: wollte ${wanted}`,
    given: (when) => `gegeben ${when}`,
    days: (count) => plural(count, 'Tag', 'Tage'),
    weeks: (count) => plural(count, 'Woche', 'Wochen'),
    years: (count) => plural(count, 'Jahr', 'Jahre'),
    noEnd: 'ohne Enddatum',
  },
  deeds: {
    phrase: (verbs, object) => `${object} ${verbs}`,
    undescribed: { verb: 'tun', object: 'etwas noch nicht Beschriebenes' },
    nothing: 'nichts tun',
    last: ' sowie ',
    more: (count) => `${count} weitere`,
    many: (count) => plural(count, 'Sache', 'Sachen'),
  },
  access: {
    can: (who, deed, place, rest) => `${who} kann${before(rest)}${inPlace(place)} ${deed}`,
    could: (who, deed, place, rest) => `${who} konnte${before(rest)}${inPlace(place)} ${deed}`,
    canNoMore: (who, deed, place) => `${who} kann nicht mehr${inPlace(place)} ${deed}`,
    canInList: (deed, place, rest) => `Kann${before(rest)}${inPlace(place)} ${deed}`,
    couldInList: (deed, place, rest) => `Konnte${before(rest)}${inPlace(place)} ${deed}`,
    youCan: (deed, place, owner, rest) => `Sie können${before(rest)}${inPlace(place)}, geteilt von ${owner}, ${deed}`,
    youCould: (deed, place, owner, rest) =>
      `Sie konnten${before(rest)}${inPlace(place)}, geteilt von ${owner}, ${deed}`,
    span: (from, until) => [from, until].filter((piece) => piece !== '').join(' '),
    through: (application) => `nur über ${application}`,
    endsByItself: 'Danach endet es von selbst.',
    rests: 'Das ist zurzeit ausgesetzt.',
    over: {
      owner: (when) => `Sie haben es beendet: ${when}.`,
      expired: (when) => `Es ist von selbst zu Ende gegangen: ${when}.`,
      stopped: (when) => `Es endete, als aller Zugriff gestoppt wurde: ${when}.`,
      handover_over: (when) => `Es endete mit der Zeit der Vertretung: ${when}.`,
      resource_removed: (when) => `Es endete, weil der Dienst das Geteilte entfernt hat: ${when}.`,
      holder: (when) => `Es wurde zurückgegeben: ${when}.`,
      operator: (when) => `Der Betreiber hat es beendet: ${when}.`,
    },
    overByOwner: (owner, when) => `${owner} hat es beendet: ${when}.`,
    overSomehow: (when) => `Es ist zu Ende: ${when}.`,
  },
  requests: {
    asks: (who, deed, place) => `${who} möchte${inPlace(place)} ${deed}`,
    asksYou: (owner, deed, place) => `Sie haben ${owner} gefragt, ob Sie${inPlace(place)} ${deed} dürfen`,
    asked: (who, deed, place) => `${who} wollte${inPlace(place)} ${deed}`,
  },
  short: {
    hasAccess: (who, until) => `${who} hat Zugriff ${until}.`,
    hasAccessAgain: (who, until) => `${who} hat wieder Zugriff ${until}.`,
    asksAgain: (who, until) =>
      `${who} darf wieder zugreifen ${until}. Der Zugriff beginnt, wenn Sie die Anwendung das nächste Mal nutzen.`,
    hasNoAccess: (who) => `${who} hat keinen Zugriff mehr.`,
    tokensEnded: (count) => (count === 1 ? '1 Sitzung wurde beendet.' : `${count} Sitzungen wurden beendet.`),
    stillValid: (until) => `Was schon ausgegeben ist, kann noch gelten ${until}.`,
    denied: (who) => `Sie haben die Anfrage von ${who} abgelehnt.`,
    covers: (who, count, until) => `${who} vertritt Sie bei ${plural(count, 'Sache', 'Sachen')} ${until}.`,
    everythingEnded: (counts) => `Der Zugriff ist beendet: ${counts}.`,
    people: (count) => plural(count, 'Person', 'Personen'),
    applications: (count) => plural(count, 'Anwendung', 'Anwendungen'),
    groups: (count) => plural(count, 'Gruppe', 'Gruppen'),
    onlyYou: 'Nur Sie',
    nobody: 'Niemand außer Ihnen hatte Zugriff.',
  },
};
