import { likenessOf } from '@valetkey/kernel';
import type { QueryRunner } from 'typeorm';

const BATCH = 500;

/** What the names of all clients that are there are taken for, as the store writes it for new ones. */
export async function noteLikenesses(runner: QueryRunner): Promise<void> {
  const mark = (position: number) => (runner.dataSource.options.type === 'postgres' ? `$${position}` : '?');
  for (let after = ''; ;) {
    const rows = (await runner.query(`SELECT id, name FROM client WHERE id > ${mark(1)} ORDER BY id LIMIT ${BATCH}`, [
      after,
    ])) as { id: string; name: string }[];
    for (const { id, name } of rows) {
      await runner.query(`UPDATE client SET likeness = ${mark(1)} WHERE id = ${mark(2)}`, [likenessOf(name), id]);
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
