import type { ClientMethod } from '@valetkey/operator-contract';
import type { Catalogue } from '../../language/language.js';
import type { AddressRule, ClientMember, PartName } from './client-draft.js';

export type OfferedGrant =
  | 'authorization_code'
  | 'refresh_token'
  | 'client_credentials'
  | 'urn:ietf:params:oauth:grant-type:device_code'
  | 'urn:ietf:params:oauth:grant-type:uma-ticket';

interface FieldTexts {
  readonly label: string;
  readonly help?: string;
  /** What must be so, with an example: when the server refused it. */
  readonly rule: string;
}

interface ClientFormMessages {
  readonly parts: Readonly<Record<PartName, string>>;
  readonly fields: Readonly<Record<ClientMember, FieldTexts>>;
  readonly types: { readonly web: string; readonly native: string };
  readonly methods: Readonly<Record<ClientMethod, string>>;
  readonly grants: Readonly<Record<OfferedGrant, string>>;
  readonly missing: { readonly client_name: string; readonly jwks_uri: string; readonly redirect_uris: string };
  readonly broken: (line: number, rule: AddressRule) => string;
  readonly none: string;
}

const EXAMPLE = 'https://shop.example/callback';

const BROKEN_EN: Readonly<Record<AddressRule, string>> = {
  fragment: 'must not have a “#”',
  wildcard: 'must not have a “*”: every address is registered as it is',
  https_of_web: 'must begin with https:// (own schemes and http on the same device are for apps on a device)',
  own_scheme_of_web: 'must begin with https://: schemes of their own are for apps on a device',
  not_https: 'must begin with https://; http is for addresses on the same device',
  scheme: 'must begin with https://, or with a scheme made of a domain, such as com.example.app:/',
  not_absolute: 'must be a whole address, of letters, digits and signs that addresses have',
  user_information: 'must not hold a user name or password',
  name_of_answer: 'must not have what answers are made of in its query, such as “code” or “state”',
  host: 'must have a host of letters, digits, hyphens and dots',
  too_long: 'is longer than 2,048 characters',
};
const BROKEN_DE: Readonly<Record<AddressRule, string>> = {
  fragment: 'darf kein „#“ enthalten',
  wildcard: 'darf kein „*“ enthalten: Jede Adresse wird so registriert, wie sie ist',
  https_of_web:
    'muss mit https:// beginnen (eigene Schemata und http auf demselben Gerät sind für Apps auf einem Gerät)',
  own_scheme_of_web: 'muss mit https:// beginnen: eigene Schemata sind für Apps auf einem Gerät',
  not_https: 'muss mit https:// beginnen; http ist für Adressen auf demselben Gerät',
  scheme: 'muss mit https:// beginnen, oder mit einem Schema aus einer Domain, wie com.example.app:/',
  not_absolute: 'muss eine ganze Adresse sein, aus Buchstaben, Ziffern und Zeichen, die Adressen haben',
  user_information: 'darf weder Benutzernamen noch Passwort enthalten',
  name_of_answer: 'darf in der Abfrage nichts haben, woraus Antworten bestehen, wie „code“ oder „state“',
  host: 'muss einen Host aus Buchstaben, Ziffern, Bindestrichen und Punkten haben',
  too_long: 'hat mehr als 2.048 Zeichen',
};

const PAGE_EN = 'This must be a page with https. Example: https://shop.example/terms';
const PAGE_DE = 'Das muss eine Seite mit https sein. Beispiel: https://shop.example/terms';
const ADDRESSES_EN = `Each address must begin with https:// and have no “#” and no “*”. Example: ${EXAMPLE}`;
const ADDRESSES_DE = `Jede Adresse muss mit https:// beginnen und darf weder „#“ noch „*“ enthalten. Beispiel: ${EXAMPLE}`;

export const CLIENT_FORM: Catalogue<ClientFormMessages> = {
  en: {
    parts: { who: 'Who it is', 'sign-in': 'How it signs in', asks: 'What it may ask', returns: 'Where it returns' },
    fields: {
      client_name: {
        label: 'Name',
        help: 'People read it when they are asked.',
        rule: 'The name must have 1 to 100 characters that can be seen. Example: Frame shop',
      },
      publisher: {
        label: 'Publisher',
        help: 'Who makes it. People read it beside the name.',
        rule: 'The publisher must have at most 100 characters that can be seen. Example: Frames Ltd',
      },
      'purpose#en': {
        label: 'What it wants data for (English)',
        help: 'In its words, as they stand behind “It says:”. Example: to print your photos',
        rule: 'It must have at most 200 characters that can be seen. Example: to print your photos',
      },
      'purpose#de': {
        label: 'What it wants data for (German)',
        help: 'The same for people who read German. Example: um Ihre Fotos zu drucken',
        rule: 'It must have at most 200 characters that can be seen. Example: um Ihre Fotos zu drucken',
      },
      application_type: { label: 'Kind of application', rule: 'Choose one of the kinds.' },
      client_uri: {
        label: 'Its home page',
        help: 'People are told the host.',
        rule: 'This must be a page with https. Example: https://shop.example/',
      },
      logo_uri: {
        label: 'Address of its logo',
        rule: 'This must be a picture with https. Example: https://shop.example/logo.png',
      },
      tos_uri: { label: 'Page with its terms', rule: PAGE_EN },
      policy_uri: { label: 'Page about privacy', rule: PAGE_EN },
      token_endpoint_auth_method: {
        label: 'It proves who it is by',
        rule: 'This way does not fit the rest. Example: a secret for an application on a server',
      },
      jwks_uri: {
        label: 'Address of its public keys',
        help: 'Only for keys of its own.',
        rule: 'This must be a public address with https that has its keys. Example: https://shop.example/jwks.json',
      },
      grant_types: {
        label: 'Ways to get tokens',
        rule: 'Acting for itself is for applications that prove who they are. Example: choose a secret, or leave it out',
      },
      scope: {
        label: 'Permissions',
        help: 'Names of scopes, parted by spaces or lines. Empty: none.',
        rule: 'Names of scopes have no quotation marks. Example: openid photos.read',
      },
      audiences: {
        label: 'Services',
        help: 'Resource indicators, one on a line.',
        rule: 'Each must be the resource of a resource server here. Example: https://photos.example',
      },
      redirect_uris: {
        label: 'Return addresses',
        help: `Where people come back after saying yes or no; one on a line. Example: ${EXAMPLE}`,
        rule: ADDRESSES_EN,
      },
      post_logout_redirect_uris: { label: 'Addresses after signing out', help: 'One on a line.', rule: ADDRESSES_EN },
      claims_redirect_uris: {
        label: 'Addresses after giving claims (UMA)',
        help: 'One on a line.',
        rule: ADDRESSES_EN,
      },
      backchannel_logout_uri: {
        label: 'Address that is told of sign-outs',
        rule: 'This must be a public address with https. Example: https://shop.example/signed-out',
      },
    },
    types: { web: 'On a server, with a host of its own', native: 'An app on a device' },
    methods: {
      client_secret_basic: 'A secret, in the header',
      client_secret_post: 'A secret, in the form',
      private_key_jwt: 'A key of its own',
      tls_client_auth: 'A certificate of an authority',
      self_signed_tls_client_auth: 'A certificate of its own',
      none: 'Nothing: it cannot keep a secret',
    },
    grants: {
      authorization_code: 'People allow it at a page (authorization code)',
      refresh_token: 'It stays allowed while they are away (refresh token)',
      client_credentials: 'It acts for itself (client credentials)',
      'urn:ietf:params:oauth:grant-type:device_code': 'People enter a code of a device (device code)',
      'urn:ietf:params:oauth:grant-type:uma-ticket': 'It asks owners for what is shared (UMA)',
    },
    missing: {
      client_name: 'Give it a name. Example: Frame shop',
      jwks_uri: 'An application with keys of its own says where they are. Example: https://shop.example/jwks.json',
      redirect_uris: `People who allow it at a page come back to it: name an address. Example: ${EXAMPLE}`,
    },
    broken: (line, rule) => `Address ${line} ${BROKEN_EN[rule]}. Example: ${EXAMPLE}`,
    none: 'none',
  },
  de: {
    parts: {
      who: 'Wer er ist',
      'sign-in': 'Wie er sich anmeldet',
      asks: 'Was er fragen darf',
      returns: 'Wohin es zurückgeht',
    },
    fields: {
      client_name: {
        label: 'Name',
        help: 'Menschen lesen ihn, wenn sie gefragt werden.',
        rule: 'Der Name muss 1 bis 100 sichtbare Zeichen haben. Beispiel: Rahmenladen',
      },
      publisher: {
        label: 'Anbieter',
        help: 'Wer ihn macht. Menschen lesen ihn neben dem Namen.',
        rule: 'Der Anbieter darf höchstens 100 sichtbare Zeichen haben. Beispiel: Rahmen GmbH',
      },
      'purpose#en': {
        label: 'Wozu er Daten will (Englisch)',
        help: 'In seinen Worten, für Menschen, die Englisch lesen. Beispiel: to print your photos',
        rule: 'Das darf höchstens 200 sichtbare Zeichen haben. Beispiel: to print your photos',
      },
      'purpose#de': {
        label: 'Wozu er Daten will (Deutsch)',
        help: 'In seinen Worten, wie sie hinter „Sie sagt:“ stehen. Beispiel: um Ihre Fotos zu drucken',
        rule: 'Das darf höchstens 200 sichtbare Zeichen haben. Beispiel: um Ihre Fotos zu drucken',
      },
      application_type: { label: 'Art des Clients', rule: 'Wählen Sie eine der Arten.' },
      client_uri: {
        label: 'Seine Startseite',
        help: 'Menschen erfahren den Host.',
        rule: 'Das muss eine Seite mit https sein. Beispiel: https://shop.example/',
      },
      logo_uri: {
        label: 'Adresse seines Logos',
        rule: 'Das muss ein Bild mit https sein. Beispiel: https://shop.example/logo.png',
      },
      tos_uri: { label: 'Seite mit seinen Bedingungen', rule: PAGE_DE },
      policy_uri: { label: 'Seite zum Datenschutz', rule: PAGE_DE },
      token_endpoint_auth_method: {
        label: 'Er weist sich aus durch',
        rule: 'Dieser Weg passt nicht zum Übrigen. Beispiel: ein Geheimnis für einen Client auf einem Server',
      },
      jwks_uri: {
        label: 'Adresse seiner öffentlichen Schlüssel',
        help: 'Nur für eigene Schlüssel.',
        rule: 'Das muss eine öffentliche Adresse mit https sein, die seine Schlüssel hat. Beispiel: https://shop.example/jwks.json',
      },
      grant_types: {
        label: 'Wege zu Tokens',
        rule: 'Für sich selbst handeln nur Clients, die sich ausweisen. Beispiel: ein Geheimnis wählen, oder diesen Weg weglassen',
      },
      scope: {
        label: 'Erlaubnisse',
        help: 'Namen von Scopes, getrennt durch Leerzeichen oder Zeilen. Leer: keine.',
        rule: 'Namen von Scopes haben keine Anführungszeichen. Beispiel: openid photos.read',
      },
      audiences: {
        label: 'Dienste',
        help: 'Resource Indicators, einer je Zeile.',
        rule: 'Jeder muss zu einem Resource-Server hier gehören. Beispiel: https://photos.example',
      },
      redirect_uris: {
        label: 'Rückkehradressen',
        help: `Wohin Menschen nach ihrem Ja oder Nein zurückkommen; eine je Zeile. Beispiel: ${EXAMPLE}`,
        rule: ADDRESSES_DE,
      },
      post_logout_redirect_uris: { label: 'Adressen nach dem Abmelden', help: 'Eine je Zeile.', rule: ADDRESSES_DE },
      claims_redirect_uris: { label: 'Adressen nach Angaben (UMA)', help: 'Eine je Zeile.', rule: ADDRESSES_DE },
      backchannel_logout_uri: {
        label: 'Adresse, die von Abmeldungen erfährt',
        rule: 'Das muss eine öffentliche Adresse mit https sein. Beispiel: https://shop.example/signed-out',
      },
    },
    types: { web: 'Auf einem Server, mit eigenem Host', native: 'Eine App auf einem Gerät' },
    methods: {
      client_secret_basic: 'Ein Geheimnis, im Header',
      client_secret_post: 'Ein Geheimnis, im Formular',
      private_key_jwt: 'Einen eigenen Schlüssel',
      tls_client_auth: 'Ein Zertifikat einer Zertifizierungsstelle',
      self_signed_tls_client_auth: 'Ein eigenes Zertifikat',
      none: 'Nichts: Er kann kein Geheimnis wahren',
    },
    grants: {
      authorization_code: 'Menschen erlauben es auf einer Seite (Authorization Code)',
      refresh_token: 'Es bleibt erlaubt, wenn sie nicht da sind (Refresh Token)',
      client_credentials: 'Er handelt für sich selbst (Client Credentials)',
      'urn:ietf:params:oauth:grant-type:device_code': 'Menschen geben den Code eines Geräts ein (Device Code)',
      'urn:ietf:params:oauth:grant-type:uma-ticket': 'Er fragt Eigentümer nach Geteiltem (UMA)',
    },
    missing: {
      client_name: 'Geben Sie ihm einen Namen. Beispiel: Rahmenladen',
      jwks_uri: 'Ein Client mit eigenen Schlüsseln sagt, wo sie sind. Beispiel: https://shop.example/jwks.json',
      redirect_uris: `Wer ihn auf einer Seite erlaubt, kommt zu ihm zurück: Nennen Sie eine Adresse. Beispiel: ${EXAMPLE}`,
    },
    broken: (line, rule) => `Adresse ${line} ${BROKEN_DE[rule]}. Beispiel: ${EXAMPLE}`,
    none: 'keine',
  },
};
