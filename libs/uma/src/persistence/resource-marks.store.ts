import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { WriteSet } from '@valetkey/persistence';
import { allByKeys, Database, KEY_LIST, statement } from '@valetkey/persistence';

const GUARD = statement('SELECT 1 AS one FROM resource WHERE id = ? AND owner = ?');
const STAR = statement('INSERT INTO resource_star (owner, resource_id) VALUES (?, ?) ON CONFLICT DO NOTHING');
const UNSTAR = statement('DELETE FROM resource_star WHERE owner = ? AND resource_id = ?');
const LABEL = statement(
  'INSERT INTO resource_label (owner, label, resource_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
);
const UNLABEL = statement('DELETE FROM resource_label WHERE resource_id = ? AND owner = ?');
const STARS = statement(`SELECT resource_id, owner FROM resource_star WHERE resource_id IN ${KEY_LIST}`);
const LABELS = statement(`SELECT resource_id, owner, label FROM resource_label WHERE resource_id IN ${KEY_LIST}`);
const LABELS_OF_OWNER = statement('SELECT DISTINCT label FROM resource_label WHERE owner = ? ORDER BY label LIMIT ?');

/** How an owner marked a resource of hers. */
export interface ResourceMarks {
  readonly starred: boolean;
  readonly labels: readonly string[];
}

interface Row {
  resource_id: string;
  owner: OwnerId;
  label: string;
}

const MOST_LABELS = 200;

/** Stars and labels, which owners put on what they have. They go with the resource. */
@Injectable()
export class ResourceMarksStore {
  constructor(private readonly database: Database) {}

  /** Of the owner's resources, by resource. */
  async of(owner: OwnerId, resourceIds: readonly string[]): Promise<(resourceId: string) => ResourceMarks> {
    const stars = await allByKeys<Row>(this.database, STARS, resourceIds);
    const labels = await allByKeys<Row>(this.database, LABELS, resourceIds);
    const starred = new Set(stars.filter((row) => row.owner === owner).map((row) => row.resource_id));
    const hers = labels.filter((row) => row.owner === owner);
    return (id) => ({
      starred: starred.has(id),
      labels: hers
        .filter((row) => row.resource_id === id)
        .map(({ label }) => label)
        .sort(),
    });
  }

  /** All labels that she uses, the first two hundred. */
  async labelsOf(owner: OwnerId): Promise<string[]> {
    const rows = await this.database.all<Pick<Row, 'label'>>(LABELS_OF_OWNER, [owner, MOST_LABELS]);
    return rows.map(({ label }) => label);
  }

  /** Fails as a condition when she has no such resource. Doing it twice is doing it once. */
  star(writes: WriteSet, owner: OwnerId, resourceId: string, isStarred: boolean): void {
    writes.guard(GUARD, [resourceId, owner]).add(isStarred ? STAR : UNSTAR, [owner, resourceId]);
  }

  /** Makes its labels what is given. Fails as a condition when she has no such resource. */
  label(writes: WriteSet, owner: OwnerId, resourceId: string, labels: readonly string[]): void {
    writes.guard(GUARD, [resourceId, owner]).add(UNLABEL, [resourceId, owner]);
    for (const label of labels) writes.add(LABEL, [owner, label, resourceId]);
  }
}
