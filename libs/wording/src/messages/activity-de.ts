import type { ActivityMessages, Agent } from './wording-messages.js';

const inPlace = (place: string) => (place === '' ? '' : ` in ${place}`);
const before = (rest: string) => (rest === '' ? '' : ` ${rest}`);
/** An act of somebody, or what just happened. */
const act = (who: Agent | undefined, done: string, happened: string) =>
  who ? `${who.name} ${who.isYou ? 'haben' : 'hat'} ${done}` : happened;

/** German. */
export const de: ActivityMessages = {
  somebody: 'Jemand',
  you: 'Sie',
  asked: (request) => `Neue Anfrage: ${request}`,
  approved: (who, sentence) => `${act(who, 'eine Anfrage genehmigt', 'Eine Anfrage wurde genehmigt')}: ${sentence}`,
  denied: (who, request) => `${act(who, 'eine Anfrage abgelehnt', 'Eine Anfrage wurde abgelehnt')}: ${request}`,
  requestExpired: (request) => `Eine Anfrage ging ohne Antwort zu Ende: ${request}`,
  given: (who, sentence) => `${act(who, 'Zugriff gegeben', 'Zugriff wurde gegeben')}: ${sentence}`,
  changed: (who, sentence) => `${act(who, 'einen Zugriff geändert', 'Ein Zugriff wurde geändert')}: ${sentence}`,
  removed: (who, sentence) => `${act(who, 'Zugriff entzogen', 'Zugriff wurde entzogen')}: ${sentence}`,
  givenBack: (who, sentence) => `${act(who, 'Zugriff zurückgegeben', 'Zugriff wurde zurückgegeben')}: ${sentence}`,
  ended: (sentence) => `Zugriff ging von selbst zu Ende: ${sentence}`,
  stopped: (who, holder) =>
    `${act(who, `allen Zugriff von ${holder} gestoppt`, `Aller Zugriff von ${holder} wurde gestoppt`)}`,
  stoppedAll: (who) => act(who, 'allen Zugriff gestoppt', 'Aller Zugriff wurde gestoppt'),
  handedOver: (who, sentence) => `${act(who, 'die Vertretung übergeben', 'Vertretung übergeben')}: ${sentence}`,
  handoverEnded: (holder) => `${holder} vertritt nicht mehr`,
  offer: (deed, place) => (place === '' ? deed : `in ${place} ${deed}`),
  invited: (who, address, offer) =>
    `${act(who, `${address} per E-Mail eingeladen`, `${address} wurde per E-Mail eingeladen`)}: ${offer}`,
  invitationTakenBack: (who, address, offer) =>
    `${act(who, `die Einladung an ${address} zurückgenommen`, `Die Einladung an ${address} wurde zurückgenommen`)}: ${offer}`,
  invitationAccepted: (address, holder, sentence) => `${address} hat als ${holder} angenommen: ${sentence}`,
  invitationDeclined: (address, offer) => `${address} hat die Einladung abgelehnt: ${offer}`,
  used: (who, place, deed, through) => `${who} hat${before(through)} den Zugriff auf ${place} genutzt: ${deed}`,
  usedPlain: (who, deed, through) => `${who} hat${before(through)} den Zugriff genutzt: ${deed}`,
  refused: (who, deed, place, through) => `${who} wurde${before(through)} abgewiesen: wollte${inPlace(place)} ${deed}`,
  by: (application) => `über ${application}`,
  registered: (service, resources) => `${service} hat ${resources} in Ihre Obhut gegeben`,
  unregistered: (service, resources) => `${service} hat ${resources} entfernt`,
  signedIn: (who) => act(who, 'sich angemeldet', ''),
  signedOut: (who) => act(who, 'sich abgemeldet', ''),
  reopened: (who, request) =>
    `${act(who, 'eine Ablehnung zurückgenommen', 'Eine Ablehnung wurde zurückgenommen')}: ${request}`,
  account: {
    session_ended: (who) => act(who, 'eine Anmeldung in einem anderen Browser beendet', 'Eine Anmeldung wurde beendet'),
    sessions_ended: (who) => act(who, 'alle anderen Anmeldungen beendet', 'Alle anderen Anmeldungen wurden beendet'),
    password_changed: (who) => act(who, 'das Passwort geändert', 'Der Betreiber hat das Passwort geändert'),
    app_added: (who) => act(who, 'eine Authenticator-App hinzugefügt', 'Eine Authenticator-App kam dazu'),
    app_removed: (who) =>
      act(who, 'die Authenticator-App entfernt', 'Der Betreiber hat die Authenticator-App entfernt'),
    recovery_codes_made: (who) =>
      act(who, 'neue Wiederherstellungscodes erstellt', 'Neue Wiederherstellungscodes wurden erstellt'),
    recovery_codes_removed: (who) =>
      act(who, 'die Wiederherstellungscodes entfernt', 'Der Betreiber hat die Wiederherstellungscodes entfernt'),
    passkey_added: (who) => act(who, 'einen Passkey hinzugefügt', 'Ein Passkey kam dazu'),
    passkey_removed: (who) => act(who, 'einen Passkey entfernt', 'Der Betreiber hat Passkeys entfernt'),
  },
  kinds: {
    used: 'Zugriff wurde genutzt',
    refused: 'Zugriff wurde abgewiesen',
    given: 'Zugriff wurde gegeben',
    changed: 'Zugriff wurde geändert',
    removed: 'Zugriff wurde entzogen',
    given_back: 'Zugriff wurde zurückgegeben',
    ended: 'Zugriff ging von selbst zu Ende',
    asked: 'Jemand hat gefragt',
    approved: 'Eine Anfrage wurde genehmigt',
    denied: 'Eine Anfrage wurde abgelehnt',
    request_expired: 'Eine Anfrage ging ohne Antwort zu Ende',
    reopened: 'Eine Ablehnung wurde zurückgenommen',
    handed_over: 'Vertretung begann',
    handover_ended: 'Vertretung endete',
    invited: 'Jemand wurde eingeladen',
    invitation_accepted: 'Eine Einladung wurde angenommen',
    invitation_declined: 'Eine Einladung wurde abgelehnt',
    invitation_taken_back: 'Eine Einladung wurde zurückgenommen',
    stopped: 'Aller Zugriff wurde gestoppt',
    registered: 'Eine Ressource kam dazu',
    unregistered: 'Eine Ressource fiel weg',
    signed_in: 'Anmeldung',
    signed_out: 'Abmeldung',
    session_ended: 'Eine Anmeldung wurde von anderswo beendet',
    sessions_ended: 'Alle anderen Anmeldungen wurden beendet',
    password_changed: 'Das Passwort wurde geändert',
    app_added: 'Eine Authenticator-App kam dazu',
    app_removed: 'Eine Authenticator-App wurde entfernt',
    recovery_codes_made: 'Wiederherstellungscodes wurden erstellt',
    recovery_codes_removed: 'Wiederherstellungscodes wurden entfernt',
    passkey_added: 'Ein Passkey kam dazu',
    passkey_removed: 'Ein Passkey wurde entfernt',
  },
  heads: ['Wann', 'Was geschah', 'Wer', 'Über', 'Durch', 'Ressourcen', 'Berechtigungen', 'Bis', 'Kennung'],
};
