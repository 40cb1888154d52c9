import { ReadBatches } from './read-batches.js';
import type { BatchStatement, StatementResult } from './statement-batch.js';
import { bind } from './statement-batch.js';

const read = (text: string): BatchStatement => bind({ name: text, text }, []);
const answer = ({ prepared }: BatchStatement): StatementResult => ({ rows: [{ text: prepared.text }], count: 1 });

describe('reads on PostgreSQL', () => {
  it('of one turn leave in one packet, and each gets its own answer', async () => {
    const packets: number[] = [];
    const batches = new ReadBatches((statements) => {
      packets.push(statements.length);
      return Promise.resolve(statements.map(answer));
    });
    const texts = Array.from({ length: 20 }, (_, index) => `read ${index}`);
    const results = await Promise.all(texts.map((text) => batches.read(read(text))));
    expect(results.map(({ rows }) => rows[0]?.['text'])).toEqual(texts);
    expect(packets).toEqual([20]);
  });

  it('one that fails harms no other of its packet', async () => {
    const batches = new ReadBatches((statements) =>
      statements.some(({ prepared }) => prepared.text === 'bad')
        ? Promise.reject(new Error('statement timeout'))
        : Promise.resolve(statements.map(answer)),
    );
    const outcomes = await Promise.allSettled(['one', 'bad', 'two'].map((text) => batches.read(read(text))));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('a slow one does not keep the next ones waiting', async () => {
    const batches = new ReadBatches((statements) =>
      statements[0]?.prepared.text === 'slow' ? new Promise(() => undefined) : Promise.resolve(statements.map(answer)),
    );
    void batches.read(read('slow'));
    await new Promise((resolve) => setImmediate(resolve));
    await expect(batches.read(read('quick'))).resolves.toMatchObject({ count: 1 });
  });
});
