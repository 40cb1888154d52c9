import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { statement } from '@valetkey/persistence';

/** Who ended a record. Only an owner's word outranks policies. */
export type EndedBy = 'owner' | 'client' | 'server';

/** What a record is once it is over. */
export type EndState = 'revoked' | 'expired';

const HOLD_TREE = statement(
  `UPDATE authorization_record SET root_id = root_id
   WHERE id = (SELECT root_id FROM authorization_record WHERE id = ? AND root_id <> id)`,
);
const HOLD = statement('UPDATE authorization_record SET root_id = root_id WHERE id = ?');
const END_BELOW = statement(
  `WITH RECURSIVE below (id) AS (
     SELECT child.id FROM authorization_record child JOIN authorization_record node ON node.id = child.parent_id
       WHERE child.parent_id = ? AND node.state IN ('revoked', 'expired')
     UNION ALL SELECT child.id FROM authorization_record child JOIN below ON child.parent_id = below.id)
   UPDATE authorization_record SET state = ?, ended_at = ?, ended_by = ?
   WHERE id IN (SELECT id FROM below) AND state IN ('active', 'suspended')`,
);
/**
 * By whom the party was named: who began the record, whoever vouched for her since, and what is linked to her account at this
 * moment. Accounts may lose these identities afterwards, or get others.
 */
const KEEP_IDENTITIES = statement(
  `WITH RECURSIVE tree (id) AS (
     SELECT id FROM authorization_record WHERE id = ? AND state = 'revoked'
     UNION ALL SELECT child.id FROM authorization_record child JOIN tree ON child.parent_id = tree.id),
   ended AS (SELECT r.id, r.party_issuer, r.party_subject, r.party_account FROM tree CROSS JOIN authorization_record r
     WHERE r.id = tree.id AND r.ended_by = 'owner' AND r.ended_at = ? AND r.resource_server_id IS NOT NULL)
   INSERT INTO ended_identity (authorization_id, issuer, subject)
   SELECT id, party_issuer, party_subject FROM ended WHERE party_issuer IS NOT NULL AND party_subject IS NOT NULL
   UNION SELECT ended.id, v.issuer, v.subject FROM ended JOIN authorization_voucher v ON v.authorization_id = ended.id
   UNION SELECT ended.id, i.issuer, i.subject FROM ended JOIN account_identity i ON i.account_id = ended.party_account
     WHERE ended.party_account IS NOT NULL
   ON CONFLICT DO NOTHING`,
);
const REMOVALS = ['authorization_permission', 'authorization_voucher', 'authorization_consent'].map((table) =>
  statement(
    `WITH RECURSIVE tree (id) AS (
       SELECT id FROM authorization_record WHERE id = ? AND state IN ('revoked', 'expired')
       UNION ALL SELECT child.id FROM authorization_record child JOIN tree ON child.parent_id = tree.id)
     DELETE FROM ${table} WHERE authorization_id IN (SELECT id FROM tree)`,
  ),
);

const OPEN_OF_CLIENT = `client_id = ? AND state IN ('active', 'suspended')`;
const HOLD_OF_CLIENT = statement(`UPDATE authorization_record SET root_id = root_id WHERE ${OPEN_OF_CLIENT}`);
const END_OF_CLIENT = statement(
  `UPDATE authorization_record SET state = 'revoked', ended_at = ?, ended_by = 'client' WHERE ${OPEN_OF_CLIENT}`,
);
const END_BELOW_CLIENT = statement(
  `WITH RECURSIVE below (id) AS (
     SELECT child.id FROM authorization_record child JOIN authorization_record node ON node.id = child.parent_id
       WHERE node.client_id = ? AND node.state IN ('active', 'suspended')
     UNION ALL SELECT child.id FROM authorization_record child JOIN below ON child.parent_id = below.id)
   UPDATE authorization_record SET state = 'revoked', ended_at = ?, ended_by = 'client'
   WHERE id IN (SELECT id FROM below) AND state IN ('active', 'suspended')`,
);

/**
 * Ends everything that a client holds, because it is no more, with what stands below. What owners ended before stays theirs.
 * Its records are held first: who makes a child of one waits, and finds it ended.
 */
export function endAllOfClient(writes: WriteSet, clientId: string, now: Instant): void {
  writes.add(HOLD_OF_CLIENT, [clientId]);
  writes.add(END_BELOW_CLIENT, [clientId, now]);
  writes.add(END_OF_CLIENT, [now, clientId]);
}

/** One end of a record. */
export interface RecordEnd {
  readonly id: string;
  readonly state: EndState;
  readonly by: EndedBy;
  readonly now: Instant;
}

/**
 * Ends a record with everything below it, and removes what they allowed and rested on. Of whom an owner's end is about, all
 * identities are kept. The tree is held first and the node marked next, so
 * a child made at the same time either sees its parent ended (its guard fails) or is found below, however deep it is.
 * @param mark - adds the write that ends the node itself. Where it may concern no row, nothing of the tree is touched; it
 *   sees everything that was committed before the node was held
 */
export function endTree(writes: WriteSet, { id, state, by, now }: RecordEnd, mark: (writes: WriteSet) => void): void {
  writes.add(HOLD_TREE, [id]).add(HOLD, [id]);
  mark(writes);
  writes.add(END_BELOW, [id, state, now, by]);
  if (by === 'owner') writes.add(KEEP_IDENTITIES, [id, now]);
  for (const removal of REMOVALS) writes.add(removal, [id]);
}
