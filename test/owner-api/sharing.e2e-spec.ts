import { randomUUID } from 'node:crypto';
import { describeServer } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import type { AccessJson } from './access-calls.js';
import { accessOf, carolsToken, inDays } from './access-calls.js';
import { outcome, OWNERS_CONNECTIONS, ownersOf } from './owners.js';

describeServer(
  '{issuer}/me/shares, stop, check-up, activity',
  { connections: OWNERS_CONNECTIONS, config: { sharing: { longest_days: 30 } } },
  (server) => {
    const alice = () => ownersOf(server()).alice;
    const bob = () => ownersOf(server()).bob;
    const hers = () => accessOf(server(), alice());
    const his = () => accessOf(server(), bob());

    it('all of several resources are shared, or none', async () => {
      const albums = [await alice().album(), await alice().album()];
      const foreign = await bob().album();
      const draft = { subject: 'account:carol' };
      expect(outcome(await hers().share({ ...draft, resource_ids: [...albums, foreign] }))).toBe('404 not_found');
      expect((await hers().get(`access?resource_id=${albums[0]}`)).json<{ items: [] }>().items).toEqual([]);
      expect((await hers().share({ ...draft, resource_ids: albums })).json<{ items: [] }>().items).toHaveLength(2);
    });

    it.each([
      ['no end', { until: null }],
      ['an end that has come', { until: '2020-01-01T00:00:00Z' }],
      ['an end before its beginning', { from: inDays(5), until: inDays(4) }],
      ['longer than the operator allows', { until: inDays(33) }],
      ['longer from a later day', { from: inDays(10), until: inDays(43) }],
      ['oneself', { subject: 'account:alice' }],
      ['nobody', { subject: 'account:nobody' }],
      ['an application that there is not', { subject: 'client:nobody' }],
      ['a person of a partner whom she does not know', { subject: 'partner:abc' }],
      ['no scope', { scopes: [] }],
      ['a control character in the note', { note: 'a\u0007b' }],
      ['another member', { extra: 1 }],
      ['the same resource twice', { resource_ids: ['r', 'r'] }],
    ])('a share with %s is refused: 400', async (_what, draft) => {
      const album = await alice().album();
      const answer = await hers().share({ resource_ids: [album], subject: 'account:carol', ...draft });
      expect(outcome(answer)).toBe('400 invalid_request');
      expect((await hers().get(`access?resource_id=${album}`)).json<{ items: [] }>().items).toEqual([]);
    });

    it('a share that starts later says so, and permits nothing yet', async () => {
      const album = await alice().album();
      const row = await hers().shareOne({
        resource_ids: [album],
        subject: 'account:carol',
        from: inDays(1),
        until: inDays(30),
      });
      expect(row.state).toBe('starting');
      await expect(carolsToken(server(), alice(), album)).rejects.toThrow(/request_submitted/);
    });

    it('an end that comes by itself is told, and does not come back', async () => {
      const album = await alice().album();
      const until = new Date(Date.now() + 1_500).toISOString();
      const row = await hers().shareOne({ resource_ids: [album], subject: 'account:carol', until });
      const find = async () => (await hers().removed()).find(({ id }) => id === row.id);
      const removed = await eventually(find, (found) => found !== undefined);
      expect(removed).toMatchObject({ ended_by: 'expired' });
      expect(removed?.give_back_until).toBeUndefined();
      const lines = (await hers().get(`activity?resource_id=${album}&kind=ended`)).json<{ items: unknown[] }>();
      expect(lines.items).toMatchObject([{ kind: 'ended', at: until }]);
    });

    it('UX O11 the table of what happened runs nothing', async () => {
      const album = await alice().album('=HYPERLINK("https://evil.example")');
      const answer = await hers().get(`activity/table?resource_id=${album}`);
      expect(answer.headers['content-type']).toContain('text/csv');
      expect(answer.headers['content-disposition']).toContain('attachment');
      expect(answer.text).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
      expect(outcome(await hers().get('activity?from=yesterday'))).toBe('400 invalid_request');
    });

    it('UX O11 the table of what happened has the lines of the list under the same words', async () => {
      const mark = `Zürich ${randomUUID()}`;
      const [found, other] = [await alice().album(mark), await alice().album()];
      await hers().shareOne({ resource_ids: [found], subject: 'account:carol' });
      await hers().shareOne({ resource_ids: [other], subject: 'account:carol' });
      const q = `q=${encodeURIComponent(mark.toLowerCase().replace('ü', 'u'))}`;
      const { items } = (await hers().get(`activity?${q}`)).json<{ items: { at: string }[] }>();
      const [, ...lines] = (await hers().get(`activity/table?${q}`)).text.trimEnd().split('\r\n');
      expect(items.length).toBeGreaterThan(0);
      expect(lines.map((line) => line.split(',', 1)[0])).toEqual(items.map(({ at }) => `"${at}"`));
      for (const line of lines) expect(line).toContain(mark);
      expect((await hers().get('activity/table?q=%00')).status).toBe(400);
    });

    it('UX O12 what should be looked at is kept, and not asked about again', async () => {
      const album = await bob().album();
      await bob().owner.share({
        resource_id: album,
        subject: { type: 'account', account_id: 'carol' },
        scopes: ['print'],
      });
      const read = async () => (await his().get('check-up')).json<{ items: (AccessJson & { reasons: string[] })[] }>();
      const item = (await read()).items.find(({ resources }) => resources[0]?.id === album);
      expect(item?.reasons).toEqual(['broad']);
      expect((await his().post(`check-up/${item?.id}/keep`, {})).status).toBe(204);
      expect((await read()).items.map(({ id }) => id)).not.toContain(item?.id);
    });

    it('UX O13 all that one holder has ends; what others have stays', async () => {
      const album = await bob().album();
      await his().shareOne({ resource_ids: [album], subject: 'account:carol' });
      const kept = await his().shareOne({ resource_ids: [album], subject: 'account:alice' });
      const token = await carolsToken(server(), bob(), album);
      const preview = (await his().get('stop?subject=account:carol')).json<{ accesses: number }>();
      const answer = await his().post('stop', { subject: 'account:carol', sign_out: false });
      expect(answer.json()).toMatchObject({ ended: { accesses: preview.accesses, people: 1, applications: 0 } });
      expect((await bob().photos.introspect(token)).json()['active']).toBe(false);
      const left = (await his().get('access?limit=200')).json<{ items: AccessJson[] }>().items;
      expect(left.map(({ holder }) => holder.id)).not.toContain('account:carol');
      expect(left.map(({ id }) => id)).toContain(kept.id);
      const [removedId = ''] = answer.json<{ removed: string[] }>().removed;
      expect((await his().giveBack(removedId)).status).toBe(201);
    });

    it('UX O13 everything ends, but what the services need that keep the things', async () => {
      const albums = await Promise.all(Array.from({ length: 60 }, () => bob().album()));
      expect((await his().share({ resource_ids: albums, subject: 'account:carol' })).status).toBe(201);
      const [first = ''] = albums;
      const token = await carolsToken(server(), bob(), first);
      const { stays } = (await his().get('stop')).json<{ stays: object[] }>();
      expect(stays).toEqual([expect.objectContaining({ id: 'client:photo-service', name: 'Photo service' })]);
      const answer = await his().post('stop', { sign_out: true });
      expect(answer.json<{ ended: { accesses: number } }>().ended.accesses).toBeGreaterThanOrEqual(60);
      expect(answer.json()).toMatchObject({ could_not_end: [{ what: 'Photo service' }] });
      // The application by which he called this ended, too.
      expect((await his().get('access')).status).toBe(401);
      expect((await bob().photos.introspect(token)).json()['active']).toBe(false);
      expect((await bob().photos.list()).status).toBe(200);
    });
  },
);
