/** An account, as those who deal with people see it. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email: string | null;
  readonly locale: string | null;
  readonly zone: string | null;
  readonly enabled: boolean;
}
