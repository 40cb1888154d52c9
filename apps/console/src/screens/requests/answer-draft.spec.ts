import type { RequestView, ScopeView, SharingRules, SubjectView } from '@valetkey/owner-contract';
import type { AnswerFrame } from './answer-draft.js';
import { draftedAccess, draftOf, firstContent, proposedSpan } from './answer-draft.js';

const rules: SharingRules = {
  default_days: 7,
  application_default_days: 30,
  longest_days: 60,
  no_end: false,
  directory: 'names',
  invitations: false,
};
const settings = { language: null, time_zone: null, default_days: null, shortcuts: true, request_mails: true };
const frame: AnswerFrame = { reader: { now: Date.parse('2026-11-22T09:00:00Z'), zone: 'UTC' }, rules, settings };
const scope = (name: string, level: ScopeView['level'], published = true): ScopeView => ({
  scope: name,
  level,
  verb: name,
  object: 'photos',
  published,
});
const subject = (kind: SubjectView['kind'], id: string): SubjectView => ({
  kind,
  id,
  name: id,
  short_name: id,
  verification: 'account',
});
const resource = (id: string) => ({ id, name: id, service: { id: 's', name: 'Photos', state: 'answering' as const } });
const request: RequestView = {
  id: 'q1',
  version: '1',
  state: 'pending',
  who: subject('person', 'account:mara'),
  through: subject('application', 'client:portal'),
  asked: [
    { resource: resource('album'), scopes: [scope('view', 'see'), scope('print', 'change')] },
    { resource: resource('diary'), scopes: [scope('view', 'see'), scope('odd', 'see', false)] },
  ],
  asked_at: '2026-11-21T09:00:00Z',
  expires_at: '2026-11-28T09:00:00Z',
  vouched: [],
  context: { first_request: true, others: [] },
};

describe('ux 5.3: an answer to a request', () => {
  it('principle 3: only what looks is ticked beforehand, for the usual time', () => {
    const content = firstContent(request, frame);
    expect(content).toMatchObject({ chip: '7', allowed: { album: ['view'], diary: ['view'] } });
    expect(draftOf(request, content, frame)).toEqual({
      span: { until: '2026-11-30T00:00:00.000Z' },
      isNothing: false,
      isLess: true,
      approval: { scopes: { album: ['view'], diary: ['view'] }, until: '2026-11-30T00:00:00.000Z' },
    });
  });

  it('less time was asked for: that is chosen beforehand; what is over or too long is not offered', () => {
    const asking = (asked_until: string) => ({ ...request, asked_until });
    expect(firstContent(asking('2026-11-24T00:00:00Z'), frame).chip).toBe('proposed');
    expect(firstContent(asking('2026-12-20T00:00:00Z'), frame).chip).toBe('7');
    expect(proposedSpan(asking('2026-12-20T00:00:00Z'), frame)).toEqual({ until: '2026-12-20T00:00:00Z' });
    expect(proposedSpan(asking('2026-11-22T08:00:00Z'), frame)).toBeUndefined();
    expect(proposedSpan(asking('2027-12-22T08:00:00Z'), frame)).toBeUndefined();
  });

  it('an application gets the time that is usual for applications', () => {
    expect(firstContent({ ...request, who: request.through }, frame).chip).toBe('30');
  });

  it('what nobody has described is never given, ticked or not; nothing at all is no approval', () => {
    const content = { ...firstContent(request, frame), allowed: { diary: ['odd'] } };
    expect(draftOf(request, content, frame)).toMatchObject({ isNothing: true, isLess: true });
    expect(draftOf(request, content, frame).approval).toBeUndefined();
  });

  it('resources that get the same are in one sentence', () => {
    const content = firstContent(request, frame);
    const span = { until: '2026-11-30T00:00:00.000Z' };
    const [same] = draftedAccess(request, content, span);
    expect(same?.resources.map(({ name }) => name)).toEqual(['album', 'diary']);
    const other = { ...content, allowed: { album: ['view', 'print'], diary: ['view'] } };
    expect(draftedAccess(request, other, span)).toHaveLength(2);
    expect(draftedAccess({ ...request, who: request.through }, content, span)[0]?.through).toBeUndefined();
  });
});
