import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody whose signed word about people is believed here. */
@Entity('trusted_issuer')
export class TrustedIssuerRow {
  /** Compared byte for byte with `iss`. */
  @PrimaryColumn('text')
  issuer: string;

  @Column('text')
  name: string;

  /** A JSON Web Key Set, public keys only. */
  @Column('simple-json')
  jwks: object;

  /** What `aud` must contain. */
  @Column('simple-json')
  audiences: string[];

  @Column('simple-json')
  algorithms: string[];

  /** How old an ID token may be, milliseconds. */
  @Column('bigint', { name: 'max_age' })
  maxAge: number;

  @Column('boolean')
  enabled: boolean;
}
