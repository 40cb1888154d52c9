import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A resource owner or requesting party known here. The row is the model; there are no rules in it. */
@Entity('account')
export class Account {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  username: string;

  /** The form of the user name that is compared; `null` when nobody can sign in with it. */
  @Column('text', { name: 'name_key', nullable: true })
  nameKey: string | null;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  email: string | null;

  @Column('text', { name: 'email_key', nullable: true })
  emailKey: string | null;

  @Column('text', { nullable: true })
  locale: string | null;

  /** IANA time zone, e.g. `Europe/Vienna`. */
  @Column('text', { nullable: true })
  zone: string | null;

  @Column('boolean')
  enabled: boolean;

  @Column('text', { name: 'managed_by' })
  managedBy: 'configuration' | 'operator';

  @Column('bigint', { name: 'created_at' })
  createdAt: number;
}

/** The identity under which a trusted issuer knows an account. */
@Entity('account_identity')
export class AccountIdentity {
  @PrimaryColumn('text')
  issuer: string;

  @PrimaryColumn('text')
  subject: string;

  @Column('text', { name: 'account_id' })
  accountId: string;
}

/** A word that an account is found by. */
@Entity('account_word')
export class AccountWord {
  @PrimaryColumn('text')
  word: string;

  @PrimaryColumn('text', { name: 'account_id' })
  accountId: string;
}
