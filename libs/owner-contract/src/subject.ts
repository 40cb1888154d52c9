/** What somebody or something is; shapes and words show it, colour only repeats it. */
export type SubjectKind = 'person' | 'application' | 'service' | 'group';

/** How the name was checked: an account here, a partner's word, the operator for applications, or nobody. */
export type Verification = 'account' | 'partner' | 'operator' | 'none';

/** A person, application, service or group as an owner reads it. */
export interface SubjectView {
  readonly kind: SubjectKind;
  /** A handle of this API: `account:<id>`, `client:<id>`, `server:<id>`, `policy:<id>` for a group; opaque to its reader. */
  readonly id: string;
  readonly name: string;
  /** For buttons: the first name of a person, the whole name of anything else. */
  readonly short_name: string;
  /** Publisher of an application, partner of a person. */
  readonly organisation?: string;
  readonly verification: Verification;
  /** The partner whose word it is. */
  readonly verified_by?: string;
  /** Gone: an account or client that exists no more keeps the name it had. */
  readonly removed?: true;
  /** An application that whoever runs the server lets have nothing at present. */
  readonly suspended?: true;
}
