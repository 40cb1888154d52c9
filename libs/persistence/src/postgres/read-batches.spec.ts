import pg from 'pg';
import { ReadBatches } from './read-batches.js';
import type { BatchStatement, StatementResult } from './statement-batch.js';
import { bind } from './statement-batch.js';

const read = (text: string): BatchStatement => bind({ name: text, text }, []);
const PATIENCE = 50;
const refusal = (code: string) => Object.assign(new pg.DatabaseError('refused', 0, 'error'), { code });
const answer = ({ prepared }: BatchStatement): StatementResult => ({ rows: [{ text: prepared.text }], count: 1 });

describe('reads on PostgreSQL', () => {
  it('of one turn leave in one packet, and each gets its own answer', async () => {
    const packets: number[] = [];
    const batches = new ReadBatches((statements) => {
      packets.push(statements.length);
      return Promise.resolve(statements.map(answer));
    }, PATIENCE);
    const texts = Array.from({ length: 20 }, (_, index) => `read ${index}`);
    const results = await Promise.all(texts.map((text) => batches.read(read(text))));
    expect(results.map(({ rows }) => rows[0]?.['text'])).toEqual(texts);
    expect(packets).toEqual([20]);
  });

  it('one that fails harms no other of its packet', async () => {
    const send = (statements: readonly BatchStatement[]) =>
      statements.some(({ prepared }) => prepared.text === 'bad')
        ? Promise.reject(refusal('42P01'))
        : Promise.resolve(statements.map(answer));
    const batches = new ReadBatches(send, PATIENCE);
    const outcomes = await Promise.allSettled(['one', 'bad', 'two'].map((text) => batches.read(read(text))));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it.each([
    ['57014', 'a statement took too long'],
    ['55P03', 'a lock was not to be had in time'],
    ['57P01', 'the server stops'],
    ['53300', 'it has no connection left'],
    ['', 'the connection was lost'],
  ])('after %s (%s) all of the packet fail at once, none is sent again', async (code) => {
    const packets: number[] = [];
    const batches = new ReadBatches((statements) => {
      packets.push(statements.length);
      return Promise.reject(code === '' ? new Error('lost') : refusal(code));
    }, PATIENCE);
    const texts = Array.from({ length: 64 }, (_, index) => `read ${index}`);
    const outcomes = await Promise.allSettled(texts.map((text) => batches.read(read(text))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    expect(packets).toEqual([64]);
  });

  it('a slow one does not keep the next ones waiting', async () => {
    const send = (statements: readonly BatchStatement[]) =>
      statements[0]?.prepared.text === 'slow'
        ? new Promise<never>(() => undefined)
        : Promise.resolve(statements.map(answer));
    const batches = new ReadBatches(send, PATIENCE);
    void batches.read(read('slow'));
    await new Promise((resolve) => setImmediate(resolve));
    await expect(batches.read(read('quick'))).resolves.toMatchObject({ count: 1 });
  });

  it('a silent engine is asked once for a packet, and those that have waited as long for it fail too', async () => {
    const packets: string[][] = [];
    const silent: (() => void)[] = [];
    const batches = new ReadBatches((statements) => {
      packets.push(statements.map(({ prepared }) => prepared.text));
      return new Promise((_, reject) => silent.push(() => reject(new Error('no answer'))));
    }, PATIENCE);
    const failed: string[] = [];
    const ask = (text: string) => batches.read(read(text)).catch(() => void failed.push(text));
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const first = [ask('a'), ask('b')];
    await turn();
    const second = ask('c');
    await turn();
    const early = [ask('d'), ask('e')];
    await new Promise((resolve) => setTimeout(resolve, PATIENCE + 10));
    const late = ask('f');
    silent[0]?.();
    await Promise.all([...first, ...early]);
    expect(failed.sort()).toEqual(['a', 'b', 'd', 'e']);
    await turn();
    expect(packets).toEqual([['a', 'b'], ['c'], ['f']]);
    silent.forEach((end) => end());
    await Promise.all([second, late]);
    expect(failed.sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });
});
