import type { INestApplicationContext } from '@nestjs/common';
import { AccountNoticeStore, AccountsExpiryStore, SessionEndNoticeStore } from '@valetkey/accounts';
import { ActivityRecorder, ActivityRetention } from '@valetkey/activity';
import { Clock } from '@valetkey/kernel';
import type { JobDefinition } from '@valetkey/jobs';
import { AuthorizationExpiry, Suspension, UsageRecorder } from '@valetkey/authorizations';
import { ClientRegistrationStore } from '@valetkey/clients';
import { KeyRotation } from '@valetkey/keys';
import { AuthorizationCodeStore, DeviceCodeStore, InteractionStore, PushedRequestStore } from '@valetkey/oauth';
import { TokenExpiryStore } from '@valetkey/tokens';
import {
  AccessKeepStore,
  InvitationMailStore,
  OwnerStopStore,
  RequestNoticeStore,
  StopEverything,
  ToldEnds,
  UmaExpiryStore,
} from '@valetkey/uma';
import { BackChannelLogout } from './authorization-api/sign-out/back-channel-logout.service.js';
import type { Config } from './config/config.js';
import { KeptAnswerStore } from './owner-api/once/kept-answer.store.js';
import { ServerHealth } from './owner-api/services/server-health.service.js';
import { DueNotices } from './notices/due-notices.service.js';
import type { Expiry } from './expire-all.js';
import { expireAll } from './expire-all.js';

const FLUSH_USAGE_EVERY = 5_000;
const TELL_ENDS_EVERY = 2_000;
/** Stops are worked off where they are asked for; this goes on with those of a process that ended in the middle of it. */
const STOP_ACCESS_EVERY = 10_000;
/** Changes are followed where they are made; this finds those of a process that ended in the middle of it. */
const FOLLOW_SUSPENSION_EVERY = 60_000;
const TELL_OF_SIGN_OUTS_EVERY = 1_000;
/** Whoever looks at a queue need not know more than that it is long. */
const COUNT_UP_TO = 1_000;

/** Stores whose rows leave by themselves when they are over. */
const EXPIRING = [
  TokenExpiryStore,
  UmaExpiryStore,
  AccessKeepStore,
  AccountsExpiryStore,
  AuthorizationCodeStore,
  DeviceCodeStore,
  ClientRegistrationStore,
  PushedRequestStore,
  InteractionStore,
  KeptAnswerStore,
];

/** THE list of background jobs. Each is safe to run twice at once and to be killed in the middle. */
export function jobDefinitions(app: INestApplicationContext, config: Config): JobDefinition[] {
  const { expireEvery, expireBatch, keepEnded, keepActivity, rotateCheckEvery, notifyEvery, healthEvery } = config.jobs;
  const authorizations = app.get(AuthorizationExpiry);
  const retention = app.get(ActivityRetention);
  const clock = app.get(Clock);
  const stores: Expiry['stores'] = [
    ...EXPIRING.map((store) => app.get<Expiry['stores'][number]>(store)),
    { expire: (before, batch) => authorizations.expire(before, batch, keepEnded) },
    { expire: (before, batch) => retention.expire(before, batch, keepActivity) },
  ];
  // A backlog may take half of the time, so that requests always have the other half.
  const expiry = { stores, clock, batch: expireBatch, budget: expireEvery / 2 };
  const rotation = app.get(KeyRotation);
  const usage = app.get(UsageRecorder);
  const activity = app.get(ActivityRecorder);
  const ends = app.get(ToldEnds);
  const stops = app.get(StopEverything);
  const suspension = app.get(Suspension);
  const signOuts = app.get(BackChannelLogout);
  const notices = app.get(DueNotices);
  const health = app.get(ServerHealth);
  return [
    { name: 'expire', every: expireEvery, run: (stopping) => expireAll(expiry, stopping) },
    { name: 'rotate_keys', every: rotateCheckEvery, run: () => rotation.rotateDue() },
    { name: 'suspend', every: FOLLOW_SUSPENSION_EVERY, run: (stopping) => suspension.look(stopping) },
    {
      name: 'back_channel_logout',
      every: TELL_OF_SIGN_OUTS_EVERY,
      run: (stopping) => signOuts.deliverDue(stopping),
      waiting: () => app.get(SessionEndNoticeStore).waiting(COUNT_UP_TO),
    },
    { name: 'note_usage', every: FLUSH_USAGE_EVERY, run: () => usage.flush() },
    { name: 'note_activity', every: FLUSH_USAGE_EVERY, run: () => activity.flush() },
    {
      name: 'stop_access',
      every: STOP_ACCESS_EVERY,
      run: (stopping) => stops.goOn(stopping),
      waiting: () => app.get(OwnerStopStore).waiting(COUNT_UP_TO),
    },
    { name: 'tell_ends', every: TELL_ENDS_EVERY, run: (stopping) => ends.tell(clock, stopping) },
    { name: 'ask_services', every: healthEvery, run: () => health.askAll() },
    {
      name: 'send_notices',
      every: notifyEvery,
      run: (stopping) => notices.sendDue(stopping),
      waiting: () => noticesWaiting(app),
    },
  ];
}

async function noticesWaiting(app: INestApplicationContext): Promise<number> {
  const counts = await Promise.all([
    app.get(AccountNoticeStore).waiting(COUNT_UP_TO),
    app.get(RequestNoticeStore).waiting(COUNT_UP_TO),
    app.get(InvitationMailStore).waiting(COUNT_UP_TO, app.get(Clock).now()),
  ]);
  return Math.min(COUNT_UP_TO, counts[0] + counts[1] + counts[2]);
}
