import type { ClientSettings } from '@valetkey/operator-contract';

/** Written one on a line. */
const LISTS = ['audiences', 'redirect_uris', 'post_logout_redirect_uris', 'claims_redirect_uris'] as const;
const ADDRESS_LISTS = ['redirect_uris', 'post_logout_redirect_uris', 'claims_redirect_uris'] as const;

type ListName = (typeof LISTS)[number];

/** Settings as somebody writes them. */
export type ClientDraft = Omit<ClientSettings, ListName> & Readonly<Record<ListName, string>>;

export type ClientMember = keyof ClientDraft;

/** The tasks that settings stand under, and what belongs to each. */
export const PARTS = {
  who: [
    'client_name',
    'publisher',
    'purpose#en',
    'purpose#de',
    'application_type',
    'client_uri',
    'logo_uri',
    'tos_uri',
    'policy_uri',
  ],
  'sign-in': ['token_endpoint_auth_method', 'jwks_uri'],
  asks: ['grant_types', 'scope', 'audiences'],
  returns: ['redirect_uris', 'post_logout_redirect_uris', 'claims_redirect_uris', 'backchannel_logout_uri'],
} as const satisfies Readonly<Record<string, readonly ClientMember[]>>;

export type PartName = keyof typeof PARTS;

export const PART_NAMES = Object.keys(PARTS) as PartName[];

export const EMPTY_DRAFT: ClientDraft = {
  client_name: '',
  publisher: '',
  'purpose#en': '',
  'purpose#de': '',
  application_type: 'web',
  client_uri: '',
  logo_uri: '',
  tos_uri: '',
  policy_uri: '',
  token_endpoint_auth_method: 'client_secret_basic',
  jwks_uri: '',
  grant_types: ['authorization_code', 'refresh_token'],
  scope: '',
  audiences: '',
  redirect_uris: '',
  post_logout_redirect_uris: '',
  claims_redirect_uris: '',
  backchannel_logout_uri: '',
};

export function toDraft(settings: ClientSettings): ClientDraft {
  const lists = LISTS.map((name) => [name, settings[name].join('\n')]);
  return { ...settings, ...(Object.fromEntries(lists) as Record<ListName, string>) };
}

export function toSettings(draft: ClientDraft): ClientSettings {
  const lists = LISTS.map((name) => [name, linesOf(draft[name])]);
  const trimmed = Object.entries(draft).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.trim() : value,
  ]);
  return {
    ...(Object.fromEntries(trimmed) as ClientDraft),
    ...(Object.fromEntries(lists) as Record<ListName, string[]>),
    scope: draft.scope.split(/\s+/).filter(Boolean).join(' '),
  };
}

/** What is written now, over how the rest is. */
export function withPart(settings: ClientSettings, draft: ClientDraft, part: PartName): ClientSettings {
  const written = toSettings(draft);
  return { ...settings, ...Object.fromEntries(PARTS[part].map((name) => [name, written[name]])) };
}

/** Members that are not the same. */
export function differences(one: ClientSettings, other: ClientSettings, part: PartName): ClientMember[] {
  return PARTS[part].filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}

/** A rule that an address breaks, by the word that the server has for it. */
export const ADDRESS_RULES = [
  'fragment',
  'wildcard',
  'https_of_web',
  'own_scheme_of_web',
  'not_https',
  'scheme',
  'not_absolute',
  'user_information',
  'name_of_answer',
  'host',
  'too_long',
] as const;

export type AddressRule = (typeof ADDRESS_RULES)[number];

/** The first rule that an address breaks at first sight; the server knows all of them. */
export function addressProblem(address: string, type: ClientDraft['application_type']): AddressRule | undefined {
  if (address.includes('#')) return 'fragment';
  if (address.includes('*')) return 'wildcard';
  if (!URL.canParse(address)) return 'not_absolute';
  const isWeb = /^https?:/.test(address);
  if (!isWeb) return type === 'native' ? undefined : 'https_of_web';
  return address.startsWith('http:') && type === 'web' ? 'https_of_web' : undefined;
}

export type DraftProblem =
  | { readonly member: 'client_name' | 'jwks_uri' | 'redirect_uris'; readonly kind: 'missing' }
  | { readonly member: (typeof ADDRESS_LISTS)[number]; readonly kind: AddressRule; readonly line: number };

/** What is wrong at first sight, in the order of the form. */
export function problemsIn(draft: ClientDraft): DraftProblem[] {
  const { application_type: type, grant_types: grants } = draft;
  const missing = (member: 'client_name' | 'jwks_uri' | 'redirect_uris', isMissing: boolean): DraftProblem[] =>
    isMissing && draft[member].trim() === '' ? [{ member, kind: 'missing' }] : [];
  const addresses = ADDRESS_LISTS.flatMap((member) => firstOf(draft[member], type).map((one) => ({ member, ...one })));
  return [
    ...missing('client_name', true),
    ...missing('jwks_uri', draft.token_endpoint_auth_method === 'private_key_jwt'),
    ...missing('redirect_uris', grants.includes('authorization_code')),
    ...addresses,
  ];
}

function firstOf(text: string, type: ClientDraft['application_type']): { kind: AddressRule; line: number }[] {
  const found = linesOf(text).flatMap((address, index) => {
    const kind = addressProblem(address, type);
    return kind === undefined ? [] : [{ kind, line: index + 1 }];
  });
  return found.slice(0, 1);
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
