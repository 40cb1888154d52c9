import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import { ClientRegistry, isRegisteredRedirectUri } from '@valetkey/clients';
import type { ErrorCode } from '@valetkey/protocol';
import { PUSHED_REQUEST_PREFIX } from '@valetkey/protocol';
import type { AnswerTarget, AuthorizationRequest } from '../domain/authorization-request/authorization-request.js';
import type { RequestSource } from '../domain/authorization-request/request-source.js';
import type { FormParameters } from '../domain/form-parameters.js';
import { OAuthError } from '../domain/oauth-error.js';
import type { Reason } from '../domain/reasons.js';
import type { AuthorizationOptions } from './authorization-options.js';
import { AUTHORIZATION_OPTIONS } from './authorization-options.js';
import type { PushAnswer } from './pushed-requests.service.js';
import { PushedRequests } from './pushed-requests.service.js';
import { RequestObjectVerifier } from './request-object.verifier.js';
import { RequestValidator } from './request.validator.js';

/** What came of reading an authorization request. */
export type ReadRequest =
  | { readonly kind: 'valid'; readonly client: Client; readonly request: AuthorizationRequest }
  | RequestErrorAnswer
  | RequestErrorPage;

/** The client is told, at an address that is its own. */
export interface RequestErrorAnswer {
  readonly kind: 'error_answer';
  readonly client: Client;
  readonly request: AnswerTarget;
  readonly code: ErrorCode;
  readonly reason: Reason;
}

/** The person is told, and nobody is sent anywhere (CO-02). */
export interface RequestErrorPage {
  readonly kind: 'error_page';
  readonly reason: Reason;
}

/** Reads authorization requests: plain parameters, request objects (RFC 9101) and pushed requests (RFC 9126). */
@Injectable()
export class AuthorizationRequestReader {
  constructor(
    private readonly registry: ClientRegistry,
    private readonly validator: RequestValidator,
    private readonly objects: RequestObjectVerifier,
    private readonly pushed: PushedRequests,
    @Inject(AUTHORIZATION_OPTIONS) private readonly options: AuthorizationOptions,
  ) {}

  /**
   * A request as a browser brings it. A pushed one is looked at, not used up.
   * @param parameters - with repetitions noted, so that the client can be told of them
   */
  async read(parameters: FormParameters): Promise<ReadRequest> {
    const clientId = parameters.get('client_id');
    if (clientId === undefined) return page(absenceOf('client_id', parameters, 'parameter_missing'));
    const client = await this.registry.findEnabled(clientId);
    if (!client) return page('client_unknown');
    // What is refused is told where the request object says, once that has been verified; before, where the parameters say.
    let source: RequestSource = parameters;
    try {
      refuseRepeated(parameters);
      const requestUri = requestUriOf(parameters);
      if (requestUri !== undefined) return await this.readPushed(client, requestUri);
      if (client.metadata.requirePushedRequests || this.options.requirePushedRequests) {
        throw refused('request_must_be_pushed');
      }
      source = await this.unpack(client, parameters);
      return { kind: 'valid', client, request: await this.validator.validate(client, source) };
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      return this.refusal(client, source, error, parameters);
    }
  }

  /**
   * A request that its client, authenticated, pushes (RFC 9126 section 2.1).
   * @param jkt - the key that a DPoP proof of the push proves: its code is for that key (RFC 9449 section 10.1)
   * @throws OAuthError whatever an answer to the client would say
   */
  async push(client: Client, parameters: FormParameters, jkt?: string): Promise<PushAnswer> {
    if (parameters.get('request_uri') !== undefined) throw refused('parameter_not_allowed');
    const source = await this.unpack(client, parameters);
    const request = await this.validator.validate(client, source);
    if (jkt === undefined) return this.pushed.push(request);
    if ((request.dpopJkt ?? jkt) !== jkt) throw new OAuthError('invalid_dpop_proof', 'proof_of_another_key');
    return this.pushed.push({ ...request, dpopJkt: jkt });
  }

  /** The parameters that count. @throws OAuthError for an object that is not good, and for none where one is needed */
  private async unpack(client: Client, parameters: FormParameters): Promise<RequestSource> {
    const object = parameters.get('request');
    if (object !== undefined) return this.objects.verify(object, client);
    if (client.metadata.requireSignedRequestObject) throw refused('request_must_be_signed');
    return parameters;
  }

  /** PA-05: whatever else is wrong with it, a page says so, since a guess must not send anybody anywhere. */
  private async readPushed(client: Client, requestUri: string): Promise<ReadRequest> {
    const request = await this.pushed.peek(requestUri, client.id);
    if (!request) return page('request_uri_unknown');
    // What is registered may have changed since.
    if (!isRegisteredRedirectUri(client.metadata, request.redirectUri)) return page('redirect_uri_unregistered');
    try {
      await this.validator.validateAgain(client, request);
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      const { code, reason } = error;
      return { kind: 'error_answer', client, request, code, reason };
    }
    return { kind: 'valid', client, request };
  }

  private refusal(
    client: Client,
    source: RequestSource,
    { code, reason }: OAuthError,
    parameters: FormParameters,
  ): RequestErrorAnswer | RequestErrorPage {
    const request = this.validator.answerTarget(client, source);
    if (request) return { kind: 'error_answer', client, request, code, reason };
    const isMissing = source.get('redirect_uri') === undefined;
    return page(
      isMissing ? absenceOf('redirect_uri', parameters, 'redirect_uri_missing') : 'redirect_uri_unregistered',
    );
  }
}

/** CO-09. What came twice has no value; the rest may still say where to answer. */
function refuseRepeated({ repeated }: FormParameters): void {
  if (repeated.size > 0) throw refused('repeated_parameter');
}

/** The `request_uri` of a pushed request, or `undefined` when there is none. @throws OAuthError for any other (JA-01) */
function requestUriOf(parameters: FormParameters): string | undefined {
  const requestUri = parameters.get('request_uri');
  if (requestUri === undefined) return undefined;
  if (parameters.get('request') !== undefined) throw refused('request_and_request_uri');
  // Nothing is ever fetched from an address that a request names.
  if (!requestUri.startsWith(PUSHED_REQUEST_PREFIX)) {
    throw new OAuthError('request_uri_not_supported', 'request_uri_external');
  }
  return requestUri;
}

function absenceOf(name: string, { repeated }: FormParameters, reason: Reason): Reason {
  return repeated.has(name) ? 'repeated_parameter' : reason;
}

function page(reason: Reason): RequestErrorPage {
  return { kind: 'error_page', reason };
}

function refused(reason: Reason): OAuthError {
  return new OAuthError('invalid_request', reason);
}
