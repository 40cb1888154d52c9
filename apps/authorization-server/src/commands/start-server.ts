import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { PasswordSignIn } from '@valetkey/accounts';
import { ActivityRecorder } from '@valetkey/activity';
import { UsageRecorder } from '@valetkey/authorizations';
import { InProcessJobRunner } from '@valetkey/jobs';
import { Clock } from '@valetkey/kernel';
import type { OpenDatabase } from '@valetkey/persistence';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Ground } from '../app.module.js';
import { AppModule } from '../app.module.js';
import { BackChannelLogout } from '../authorization-api/sign-out/back-channel-logout.service.js';
import type { Config } from '../config/config.js';
import { ControlServer } from '../control/control-server.js';
import { serveDocumentation } from '../docs/documentation.js';
import { Metrics } from '../health/metrics.service.js';
import { Readiness } from '../health/readiness.service.js';
import { createServerOptions } from '../http/fastify-options.js';
import { createLogger, nestLogger } from '../http/logger.js';
import { TrustedAuthorities } from '../http/trusted-authorities.service.js';
import { TlsListener } from '../http/tls-listener.js';
import { refusalsForControllers, registerRoutes } from '../http/register-routes.js';
import { jobDefinitions } from '../jobs.js';
import { JobDesk } from '../operator-api/jobs/job-desk.service.js';
import { controlHandler } from './application-commands.js';
import type { Invocation } from './command.js';
import { OperatorError } from './command.js';
import { newReference } from '../http/reference.js';
import { openConfigured, prepare } from './open-application.js';
import { readConfig } from './read-config.js';

/** Resolves when the server listens. */
export async function startServer(invocation: Invocation): Promise<void> {
  const config = readConfig(invocation);
  const logger = createLogger(config.log);
  for (const { path, message } of config.warnings) logger.warn({ setting: path }, message);
  const open = await openConfigured(config);
  for (const message of open.warnings) logger.warn({ engine: open.database.engine }, message);
  const adapter = new FastifyAdapter(createServerOptions(config, logger));
  const app = await createApplication({ config, open, logger }, adapter);
  await prepare(app, logger);
  await app.get(PasswordSignIn).prepare();
  const jobs = new InProcessJobRunner(
    jobDefinitions(app, config),
    app.get(Clock),
    (report) => {
      app.get(Metrics).observeJob(report);
      const { name: job, error, reference } = report;
      if (error !== undefined) logger.error({ job, reference, error }, 'job failed');
      else logger.debug({ job, lasted: Math.round(report.lasted) }, 'job done');
    },
    newReference,
  );
  app.get(JobDesk).runner = jobs;
  // Before the first request: whoever sees that it is ready may send a command, or SIGTERM, at once.
  const control = await takeCommands(app, config, logger);
  const tls = await listenEverywhere({ config, logger }, app).catch(async (error: unknown) => {
    await control?.close();
    throw error;
  });
  const authorities = app.get(TrustedAuthorities);
  app.get(Metrics).watchRevocationLists(authorities);
  authorities.watch();
  jobs.start();
  // Successors of the signing keys are made while requests are answered already.
  void jobs.runNow('rotate_keys');
  logger.info({ issuer: config.issuer, engine: open.database.engine }, 'ready');
  stopOnSignal({ app, open, jobs, control, tls, logger, config });
}

/** Nobody else can open a SQLite file: commands come here. Without them the server serves all the same. */
async function takeCommands(
  app: NestFastifyApplication,
  config: Config,
  logger: Logger,
): Promise<ControlServer | undefined> {
  if (config.database.type !== 'sqlite') return undefined;
  try {
    return await ControlServer.open(config.database.path, controlHandler({ app, config }, logger));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    logger.warn({ reason }, 'no commands can be run while this server runs');
    return undefined;
  }
}

/** @throws OperatorError when one of the addresses cannot be had */
async function listenEverywhere(
  ground: Omit<Ground, 'open'>,
  app: NestFastifyApplication,
): Promise<TlsListener | undefined> {
  await listen(app, ground.config);
  return listenForTls(app, ground.config, ground.logger);
}

/** @throws OperatorError when the address cannot be had */
async function listen(app: NestFastifyApplication, { listen: { host, port } }: Config): Promise<void> {
  await app.listen(port, host).catch((cause: unknown) => fail(cause, `${host}:${port}`));
}

/** @throws OperatorError when one of the addresses cannot be had */
async function listenForTls(
  app: NestFastifyApplication,
  { tls: { listener } }: Config,
  logger: Logger,
): Promise<TlsListener | undefined> {
  if (!listener) return undefined;
  const { host, port, clientCertificatePort } = listener;
  const ports = [port, clientCertificatePort].filter((one) => one !== undefined).join(' and ');
  const fastify = app.getHttpAdapter().getInstance() as FastifyInstance;
  return TlsListener.open({ config: listener, fastify, logger }).catch((cause: unknown) =>
    fail(cause, `${host}:${ports} for TLS`),
  );
}

function fail(cause: unknown, where: string): never {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const problem = typeof code === 'string' ? LISTEN_PROBLEMS[code] : undefined;
  throw problem === undefined ? cause : new OperatorError(`cannot listen on ${where}: ${problem}`, { cause });
}

/** What the operator can do something about. */
const LISTEN_PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program uses this port',
  EADDRNOTAVAIL: 'this computer has no such address',
  EACCES: 'not allowed (ports below 1024 need a privilege)',
  ENOTFOUND: 'the host name is unknown',
};

/** The application with all its routes in place; it does not listen yet. */
export async function createApplication(ground: Ground, adapter: FastifyAdapter): Promise<NestFastifyApplication> {
  const { config, logger } = ground;
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(ground), adapter, {
    bodyParser: false,
    logger: nestLogger(logger),
    abortOnError: false,
  });
  const refuseOtherMethods = refusalsForControllers(app, config);
  await registerRoutes(app, config, logger);
  serveDocumentation(app, config);
  await app.init();
  refuseOtherMethods();
  return app;
}

const SWEEP_IDLE_EVERY = 50;

interface Running {
  readonly app: NestFastifyApplication;
  readonly open: OpenDatabase;
  readonly jobs: InProcessJobRunner;
  readonly control: ControlServer | undefined;
  readonly tls: TlsListener | undefined;
  readonly logger: Logger;
  readonly config: Config;
}

function stopOnSignal(running: Running): void {
  let stopping: Promise<void> | undefined;
  const stop = (): void => {
    stopping ??= shutDown(running).catch((error: unknown) => {
      running.logger.error({ error }, 'shutdown failed');
      process.exitCode = 1;
    });
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** Drains: no new connections, accepted requests and commands are answered, jobs finish their step, then the database closes. */
async function shutDown({ app, open, jobs, control, tls, logger, config }: Running): Promise<void> {
  logger.info('stopping');
  app.get(Readiness).drain();
  // A request that hangs must not keep the process: after this it ends hard.
  setTimeout(() => process.exit(1), config.http.shutdownTimeout).unref();
  // A connection that was busy when the drain began is idle once it is answered: it must not keep the process either.
  const sweep = setInterval(() => app.getHttpServer().closeIdleConnections(), SWEEP_IDLE_EVERY);
  await control?.close();
  await Promise.all([tls?.close(), app.close()]);
  clearInterval(sweep);
  await jobs.stop();
  await app.get(BackChannelLogout).settled();
  await app.get(UsageRecorder).flush();
  await app.get(ActivityRecorder).flush();
  await open.close();
  logger.info('stopped');
}
