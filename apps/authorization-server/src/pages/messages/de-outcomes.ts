import type { Messages } from './messages.js';

/** German: how things end, well or not. */
export const deOutcomes: Pick<Messages, 'result' | 'errors'> = {
  result: {
    outcomes: {
      signed_out: { title: 'Sie sind abgemeldet', line: 'Schließen Sie auf einem fremden Rechner auch den Browser.' },
      still_signed_in: { title: 'Sie sind weiter angemeldet', line: 'Es wurde nichts geändert.' },
      device_allowed: {
        title: 'Ihr Gerät ist verbunden',
        line: 'Machen Sie dort weiter. Sie können diese Seite schließen.',
      },
      device_denied: {
        title: 'Das Gerät wurde nicht verbunden',
        line: 'Es hat keinen Zugang bekommen. Sie können diese Seite schließen.',
      },
      claims_sent: { title: 'Ihre Angaben sind gesendet', line: 'Sie können zurück zur Anwendung gehen.' },
      claims_declined: {
        title: 'Es wurde nichts gesendet',
        line: 'Über Sie wird nichts weitergegeben, und Sie können noch gefragt werden.',
      },
      invitation_accepted: {
        title: 'Es ist jetzt für Sie freigegeben',
        line: 'Nutzen Sie es dort, wo es liegt, oder in einer Anwendung, indem Sie sich mit diesem Konto anmelden.',
      },
      invitation_declined: {
        title: 'Sie haben die Einladung abgelehnt',
        line: 'Sie haben keinen Zugriff bekommen. Wer Sie eingeladen hat, erfährt das, aber nicht, wer Sie sind.',
      },
      invitation_over: {
        title: 'Diese Einladung gilt nicht mehr',
        line: 'Sie wurde schon beantwortet, zurückgenommen oder ist zu alt, oder das Angebotene gibt es nicht mehr. Bitten Sie um eine neue.',
      },
      recovery_sent: {
        title: 'Sehen Sie in Ihr Postfach',
        line: 'Wenn es ein Konto mit diesem Namen gibt, ist ein Link unterwegs. Er gilt einmal und nur kurze Zeit.',
      },
      recovery_expired: {
        title: 'Dieser Link gilt nicht mehr',
        line: 'Er wurde schon benutzt oder ist zu alt. Ihr Passwort ist unverändert. Sie können einen neuen anfordern.',
      },
      password_recovered: {
        title: 'Ihr neues Passwort ist gesetzt',
        line: 'Sie sind überall abgemeldet. Melden Sie sich mit dem neuen Passwort an, um fortzufahren.',
      },
      password_changed: { title: 'Ihr Passwort ist geändert', line: 'Überall sonst sind Sie jetzt abgemeldet.' },
      one_time_codes_on: {
        title: 'Codes sind eingeschaltet',
        line: 'Ab jetzt brauchen Sie einen bei jeder Anmeldung.',
      },
      one_time_codes_off: {
        title: 'Codes sind ausgeschaltet',
        line: 'Ihr Passwort allein genügt wieder zur Anmeldung.',
      },
      nothing_changed: { title: 'Es wurde nichts geändert', line: 'Sie können diese Seite schließen.' },
    },
  },
  errors: {
    nothingChanged: 'Es wurde nichts geändert.',
    over: 'Ihre Frage wurde schon beantwortet, oder sie war zu lange offen.',
    lines: {
      bad_request: {
        title: 'Es geht hier nicht weiter',
        line: 'Die Anwendung hat Sie mit einem Link geschickt, den wir nicht annehmen. Bitte beginnen Sie dort noch einmal.',
      },
      unknown_application: {
        title: 'Wir kennen diese Anwendung nicht',
        line: 'Sie oder die Adresse, zu der Sie zurückkehren sollen, ist hier nicht eingetragen. Geben Sie dort nichts ein.',
      },
      expired: {
        title: 'Diese Seite gilt nicht mehr',
        line: 'Sie war zu lange offen, wurde schon benutzt oder in einem anderen Browser begonnen. Bitte beginnen Sie neu.',
      },
      forged_form: {
        title: 'Wir konnten dieses Formular nicht annehmen',
        line: 'Es kam nicht von unserer Seite in diesem Browser. Bitte gehen Sie zurück und laden Sie die Seite neu.',
      },
      not_found: {
        title: 'Hier ist nichts',
        line: 'Bitte prüfen Sie die Adresse, oder gehen Sie zurück zur Anwendung.',
      },
      wrong_method: {
        title: 'So geht es nicht',
        line: 'Bitte gehen Sie zurück und benutzen Sie die Knöpfe der Seite.',
      },
      too_large: {
        title: 'Das war zu viel',
        line: 'Was gesendet wurde, ist größer, als wir annehmen. Bitte kürzen Sie es.',
      },
      too_many: {
        title: 'Bitte warten Sie etwas',
        line: 'Das waren zu viele Versuche in kurzer Zeit. Bitte versuchen Sie es später.',
      },
      not_allowed: {
        title: 'Das dürfen Sie nicht',
        line: 'Ihr Konto hat kein Recht dazu. Fragen Sie den Betreiber dieses Dienstes.',
      },
      busy: {
        title: 'Wir können gerade nicht antworten',
        line: 'Der Dienst ist überlastet oder wird gewartet. Bitte gleich noch einmal.',
      },
      fault: {
        title: 'Hier ist etwas schiefgegangen',
        line: 'Der Fehler liegt bei uns, nicht bei Ihnen. Bitte gleich noch einmal.',
      },
    },
  },
};
