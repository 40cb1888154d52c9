import { FormParameters } from '../form-parameters.js';
import { OAuthError } from '../oauth-error.js';
import { answerModeOf, answerStateOf, parseShape } from './request-shape.js';

const CHALLENGE = 'IXxL2L6l_RFBxfX0D1c9hRHfrbKVeGa2Nz7oI7SWUkQ';
const VALID = { response_type: 'code', code_challenge: CHALLENGE, code_challenge_method: 'S256' };

type Changes = Readonly<Record<string, string | undefined>>;

const sourceOf = (changes: Changes) => {
  const members = Object.entries({ ...VALID, ...changes }).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  return FormParameters.parse(new URLSearchParams(members).toString());
};
const parse = (changes: Changes) => parseShape(sourceOf(changes));
const refusalOf = (changes: Changes): string => {
  try {
    parse(changes);
    return 'taken';
  } catch (error) {
    return error instanceof OAuthError ? `${error.code} ${error.reason}` : String(error);
  }
};

describe('RFC 6749 section 4.1.1: the shape of an authorization request', () => {
  it('has a mode, a challenge and empty lists when nothing else is said', () => {
    expect(parse({})).toEqual({
      responseMode: 'query',
      codeChallenge: CHALLENGE,
      prompt: [],
      acrValues: [],
      uiLocales: [],
    });
  });

  it('keeps what is said', () => {
    const claims = '{"id_token":{"email":null,"acr":{"essential":true,"values":["phr"]}}}';
    expect(
      parse({
        response_mode: 'jwt',
        state: ' ä+%&="<script>',
        nonce: 'n',
        prompt: 'login consent',
        max_age: '0',
        acr_values: 'urn:valetkey:acr:2 phr',
        login_hint: 'alice@example.org',
        id_token_hint: 'x.y.z',
        ui_locales: 'de-AT ../../etc en',
        claims,
        dpop_jkt: CHALLENGE,
        grant_id: 'g_1',
        grant_management_action: 'merge',
      }),
    ).toEqual({
      responseMode: 'query.jwt',
      codeChallenge: CHALLENGE,
      state: ' ä+%&="<script>',
      nonce: 'n',
      prompt: ['login', 'consent'],
      maxAge: 0,
      acrValues: ['phr'],
      loginHint: 'alice@example.org',
      idTokenHint: 'x.y.z',
      uiLocales: ['de-AT', 'en'],
      claims: JSON.parse(claims) as unknown,
      dpopJkt: CHALLENGE,
      grantId: 'g_1',
      grantManagementAction: 'merge',
    });
  });

  it.each([
    [
      'RFC 6749 4.1.2 attack class 212: a login_hint in one line, without what turns it',
      ' \u202Eal\u2066ice\n',
      'alice',
    ],
    ['attack class 212: no login_hint where nothing of it is left', '\u2066 \u202e', undefined],
  ])('%s', (_title, hint, shown) => expect(parse({ login_hint: hint }).loginHint).toBe(shown));

  it('RFC 6749 4.1.2 an answer to a mistake leaves out a state that it could not tell back as it is', () => {
    expect(answerStateOf(sourceOf({ state: 'a\nb' }))).toBeUndefined();
    expect(answerStateOf(sourceOf({ state: 'a b' }))).toBe('a b');
  });

  it.each(['query', 'fragment', 'form_post', 'query.jwt', 'fragment.jwt', 'form_post.jwt'])(
    'takes the response mode %s',
    (mode) => expect(parse({ response_mode: mode }).responseMode).toBe(mode),
  );

  it.each([
    ['token'],
    ['id_token token'],
    ['code token'],
    ['code id_token'],
    ['none'],
    ['CODE'],
    ['code code'],
    ['code '],
  ])('CO-06 has no response type %j: unsupported_response_type', (type) => {
    expect(refusalOf({ response_type: type })).toBe('unsupported_response_type response_type_unknown');
  });

  it.each<[string, Changes, string]>([
    ['without a response type', { response_type: undefined }, 'parameter_missing'],
    ['with an empty response type', { response_type: '' }, 'parameter_missing'],
    ['with an unknown response mode', { response_mode: 'web_message' }, 'response_mode_unknown'],
    ['CO-03 without a challenge', { code_challenge: undefined }, 'challenge_missing'],
    ['CO-03 with the method plain', { code_challenge_method: 'plain' }, 'challenge_method_unknown'],
    ['CO-03 without a method, which means plain', { code_challenge_method: undefined }, 'challenge_method_unknown'],
    ['CO-03 with the method s256', { code_challenge_method: 's256' }, 'challenge_method_unknown'],
    ['CO-03 with the method S512', { code_challenge_method: 'S512' }, 'challenge_method_unknown'],
    ['CO-03 with a challenge of 42 characters', { code_challenge: 'a'.repeat(42) }, 'challenge_malformed'],
    ['CO-03 with a challenge of 129 characters', { code_challenge: 'a'.repeat(129) }, 'challenge_malformed'],
    ['CO-03 with a padded challenge', { code_challenge: `${CHALLENGE}=` }, 'challenge_malformed'],
    ['CO-03 with a challenge that is no base64url', { code_challenge: '+'.repeat(43) }, 'challenge_malformed'],
    ['RFC 6749 4.1.2 with a line feed in state', { state: 'a\nb' }, 'state_malformed'],
    ['RFC 6749 4.1.2 with a tab in state', { state: 'a\tb' }, 'state_malformed'],
    ['with an unknown prompt', { prompt: 'create' }, 'prompt_unknown'],
    ['OC-02 with prompt none and another', { prompt: 'none login' }, 'prompt_contradicts_itself'],
    ['with max_age -1', { max_age: '-1' }, 'max_age_malformed'],
    ['with max_age 1e3', { max_age: '1e3' }, 'max_age_malformed'],
    ['with max_age of 10 digits', { max_age: '1234567890' }, 'max_age_malformed'],
    ['with a thumbprint that is none', { dpop_jkt: 'x' }, 'dpop_jkt_malformed'],
    ['with a nonce of 1025 characters', { nonce: 'n'.repeat(1_025) }, 'parameter_too_long'],
    ['with a hint of 513 characters', { login_hint: 'h'.repeat(513) }, 'parameter_too_long'],
    ['with claims that are a list', { claims: '[]' }, 'claims_malformed'],
    ['with an unknown grant action', { grant_management_action: 'update', grant_id: 'g' }, 'grant_action_unknown'],
    ['with a grant and no action', { grant_id: 'g' }, 'grant_action_contradicts_grant'],
    ['with create and a grant', { grant_management_action: 'create', grant_id: 'g' }, 'grant_action_contradicts_grant'],
    ['with merge and no grant', { grant_management_action: 'merge' }, 'grant_action_contradicts_grant'],
    ['with replace and no grant', { grant_management_action: 'replace' }, 'grant_action_contradicts_grant'],
  ])('RFC 6749 4.1.2.1, CO-03: is refused %s, invalid_request', (_title, changes, reason) => {
    expect(refusalOf(changes)).toBe(`invalid_request ${reason}`);
  });

  it.each<[Changes, string]>([
    [{}, 'query'],
    [{ response_mode: 'form_post' }, 'form_post'],
    [{ response_mode: 'nonsense' }, 'query'],
    [{ response_type: 'token' }, 'fragment'],
    [{ response_type: 'code id_token' }, 'fragment'],
    [{ response_type: 'token', response_mode: 'query' }, 'query'],
    [{ response_type: undefined, response_mode: 'jwt' }, 'query.jwt'],
  ])('is answered where it was asked for, when it is refused: %j in %s', (changes, mode) => {
    expect(answerModeOf(sourceOf(changes))).toBe(mode);
  });
});
