import { OAuthError } from '@valetkey/oauth';

/** A change of something that is another now: whoever lost the race is shown the present one. */
export class VersionDiffers extends OAuthError {
  constructor(readonly current: unknown) {
    super('precondition_failed', 'version_differs');
  }

  override get body(): OAuthError['body'] & { readonly current: unknown } {
    return { ...super.body, current: this.current };
  }
}
