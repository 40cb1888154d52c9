import { Module } from '@nestjs/common';
import { HealthRoutes } from './health.routes.js';
import { Metrics } from './metrics.service.js';
import { Readiness } from './readiness.service.js';

@Module({ providers: [Readiness, Metrics, HealthRoutes], exports: [Readiness, Metrics] })
export class HealthModule {}
