import type { PersonalMessages } from './account-messages.js';

/** German: the account of a person. */
export const deAccount: PersonalMessages = {
  account: {
    title: 'Ihr Konto',
    lead: 'Wie Sie sich anmelden, und wo Sie angemeldet sind.',
    back: 'Zurück zu Ihrem Konto',
    password: 'Passwort',
    changed: (when) => `Geändert ${when}`,
    noPassword:
      'Sie haben keines. Sie können sich einen Link an Ihre E-Mail-Adresse senden lassen, um eines zu wählen.',
    changePassword: 'Passwort ändern',
    codes: 'Codes einer Authenticator-App',
    codesOn: 'Ein: Zum Anmelden gehört ein Code neben Ihrem Passwort.',
    codesOff: 'Aus. Ein Code neben Ihrem Passwort schützt Ihr Konto.',
    codesLeft: (count) =>
      count === 1 ? 'Ein Wiederherstellungscode ist übrig.' : `${count} Wiederherstellungscodes sind übrig.`,
    manageCodes: 'Codes verwalten',
    passkeys: 'Passkeys',
    passkeyCount: (count) =>
      count === 0
        ? 'Sie haben keinen. Mit einem Passkey melden Sie sich ohne Passwort an.'
        : count === 1
          ? 'Sie haben einen.'
          : `Sie haben ${count}.`,
    managePasskeys: 'Passkeys verwalten',
    sessions: 'Wo Sie angemeldet sind',
    sessionsLine: 'Sehen Sie alle Browser, und beenden Sie, was Sie nicht kennen.',
    showSessions: 'Browser zeigen',
    notices: 'E-Mails an Sie',
    noticesLine: 'Wählen Sie, worüber wir Ihnen schreiben.',
    chooseNotices: 'E-Mails wählen',
    signOut: 'Abmelden',
  },
  recoveryCodes: {
    title: 'Codes einer Authenticator-App',
    on: 'Codes sind eingeschaltet. Sie brauchen bei jeder Anmeldung einen neben Ihrem Passwort.',
    off: 'Codes sind ausgeschaltet. Ihr Passwort allein meldet Sie an.',
    left: (count) =>
      count === 1
        ? 'Ein Wiederherstellungscode ist übrig für den Tag, an dem Sie keine App haben.'
        : `${count} Wiederherstellungscodes sind übrig für den Tag, an dem Sie keine App haben.`,
    begin: 'Codes einschalten',
    another: 'Eine andere App benutzen',
    renew: 'Neue Wiederherstellungscodes machen',
    remove: 'Codes ausschalten',
    shownTitle: 'Bewahren Sie diese Wiederherstellungscodes auf',
    shownLead:
      'Wenn Sie keine Authenticator-App zur Hand haben, meldet Sie einer davon neben Ihrem Passwort an. Jeder gilt einmal.',
    shownOnce:
      'Sie werden nur jetzt gezeigt. Drucken Sie sie aus oder schreiben Sie sie auf. Frühere Wiederherstellungscodes gelten nicht mehr.',
    kept: 'Ich habe sie aufbewahrt',
  },
  notices: {
    title: 'E-Mails an Sie',
    lead: (address) => `Sie gehen an ${address}.`,
    noAddress: 'Ihr Konto hat keine E-Mail-Adresse. Wir schreiben Ihnen, sobald es eine hat.',
    requests: 'Anfragen, die auf Sie warten',
    on: 'Ein: Wir schreiben, wenn jemand auf Ihre Antwort wartet.',
    off: 'Aus: Was auf Ihre Antwort wartet, sehen Sie nur dort, wo Sie danach suchen.',
    switchOn: 'Mir schreiben',
    switchOff: 'Mir nicht schreiben',
    security: 'Sicherheit Ihres Kontos',
    always: 'Wir schreiben immer, wenn sich Passwort, Codes oder Passkeys ändern. Das lässt sich nicht ausschalten.',
  },
  passkeys: {
    title: 'Ihre Passkeys',
    lead: 'Ein Passkey meldet Sie mit Fingerabdruck, Gesicht oder der Sperre Ihres Geräts an. Niemand kann ihn Ihnen durch einen Trick abnehmen.',
    none: 'Sie haben keinen Passkey.',
    made: (when) => `Gemacht ${when}`,
    used: (when) => `Zuletzt benutzt ${when}`,
    neverUsed: 'Nie benutzt',
    synced: 'Synchronisiert',
    unnamed: 'Passkey ohne Namen',
    remove: 'Entfernen',
    removeOne: (passkey) => `${passkey} entfernen`,
    last: 'Sie haben sonst nichts, womit Sie sich anmelden. Wählen Sie zuerst ein Passwort, oder fügen Sie einen anderen Passkey hinzu.',
    rename: 'Umbenennen',
    renameOne: (passkey) => `${passkey} umbenennen`,
    renameTitle: 'Passkey umbenennen',
    renameLead: (passkey) => `Er heißt jetzt ${passkey}.`,
    nameMissing: 'Bitte geben Sie ihm einen Namen.',
    nameTooLong: 'Der Name ist zu lang: höchstens 100 Zeichen.',
    add: 'Passkey hinzufügen',
    addTitle: 'Passkey hinzufügen',
    addLead: 'Geben Sie ihm einen Namen, an dem Sie ihn wiedererkennen, und folgen Sie dann Ihrem Browser.',
    name: 'Name des Passkeys',
    nameHelp: 'Zum Beispiel: mein Telefon.',
    create: 'Passkey erstellen',
    useTitle: 'Mit einem Passkey anmelden',
    useLead: 'Drücken Sie den Knopf und folgen Sie Ihrem Browser.',
    use: 'Passkey benutzen',
    needsScript: 'Passkeys brauchen einen Browser, der Skripte ausführt. Alles andere geht ohne.',
    unsupported:
      'Das hat nicht geklappt: Es wurde abgebrochen, oder dieser Browser oder dieses Gerät kann es nicht. Sie können es noch einmal versuchen.',
    refused:
      'Wir konnten diesen Passkey nicht annehmen. Es wurde nichts geändert. Sie können es noch einmal versuchen.',
    otherWay: 'Anders anmelden',
  },
  mail: {
    recoverySubject: (host) => `Neues Passwort wählen bei ${host}`,
    recoveryText: (person, link, minutes) => `Guten Tag ${person},

jemand hat ein neues Passwort für Ihr Konto angefordert. Wenn Sie das waren, öffnen Sie diesen Link und wählen Sie eines:

${link}

Er gilt einmal, ${minutes === 1 ? 'eine Minute' : `${minutes} Minuten`} lang. Wenn Sie es nicht waren, beachten Sie diese Nachricht nicht: Ihr Passwort bleibt, wie es ist.
`,
  },
  recovery: {
    title: 'Passwort vergessen?',
    lead: 'Wir senden einen Link an die E-Mail-Adresse Ihres Kontos. Damit wählen Sie ein neues Passwort.',
    name: 'Benutzername oder E-Mail-Adresse',
    submit: 'Link senden',
    back: 'Zurück zur Anmeldung',
    wait: (when) => `Das waren zu viele Versuche. Bitte versuchen Sie es ${when} wieder.`,
  },
  newPassword: {
    title: 'Neues Passwort wählen',
    lead: (account) => `Für ${account}`,
    current: 'Jetziges Passwort',
    password: 'Neues Passwort',
    help: (least) => `Mindestens ${least} Zeichen. Mehrere Wörter sind besser als wenige Sonderzeichen.`,
    repeat: 'Neues Passwort noch einmal',
    submit: 'Passwort ändern',
    endsOthers: 'Auf allen anderen Geräten werden Sie abgemeldet.',
    tooShort: (least) => `Das neue Passwort braucht mindestens ${least} Zeichen.`,
    tooLong: 'Das neue Passwort ist zu lang: höchstens 128 Zeichen.',
    tooCommon: 'Dieses Passwort ist Angreifern bekannt. Bitte wählen Sie ein anderes.',
    different: 'Die beiden neuen Passwörter sind nicht gleich.',
    currentWrong: 'Das jetzige Passwort ist nicht richtig.',
    same: 'Das neue Passwort ist Ihr jetziges. Bitte wählen Sie ein anderes.',
  },
  oneTimeCodes: {
    title: 'Ihr Konto mit Codes schützen',
    lead: 'Eine Authenticator-App zeigt alle 30 Sekunden einen neuen Code. Sie brauchen ihn neben Ihrem Passwort.',
    stepScan: '1. Das Konto in Ihre App aufnehmen',
    picture: 'Bild zum Einlesen mit der Authenticator-App',
    onThisDevice: 'In der App auf diesem Gerät öffnen',
    byHand: 'Oder geben Sie diesen Schlüssel in der App ein:',
    secret: 'Schlüssel',
    stepCode: '2. Den angezeigten Code eingeben',
    code: 'Code',
    codeHelp: 'Sechs Ziffern.',
    wrong:
      'Dieser Code ist falsch. Bitte prüfen Sie die Uhr Ihres Geräts und geben Sie den Code ein, der jetzt zu sehen ist.',
    submit: 'Einschalten',
  },
  sessions: {
    title: 'Wo Sie angemeldet sind',
    lead: 'Beenden Sie, was Sie nicht kennen oder nicht mehr benutzen.',
    thisOne: 'Dieser Browser',
    signedIn: (when) => `Angemeldet ${when}`,
    lastSeen: (when) => `Zuletzt benutzt ${when}`,
    from: (address) => `Von ${address}`,
    end: 'Beenden',
    endOne: (device) => `${device} beenden`,
    endOthers: 'Alle anderen beenden',
    onlyThis: 'Sie sind nirgends sonst angemeldet.',
    ended: (count) => (count === 1 ? 'Eine Sitzung wurde beendet.' : `${count} Sitzungen wurden beendet.`),
    more: 'Weitere zeigen',
    unknownDevice: 'Unbekanntes Gerät',
    browserOn: (browser, system) => `${browser} auf ${system}`,
  },
};
