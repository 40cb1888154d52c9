import type { DynamicModule } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Administration } from './administration.js';
import { Database } from './database.js';
import type { OpenDatabase } from './open-database.js';

/** Gives every module the opened database. The process that opened it closes it, after the last request. */
@Global()
@Module({})
export class PersistenceModule {
  static forDatabase(open: OpenDatabase): DynamicModule {
    return {
      module: PersistenceModule,
      providers: [
        { provide: Database, useValue: open.database },
        { provide: DataSource, useValue: open.dataSource },
        Administration,
      ],
      exports: [Database, DataSource, Administration],
    };
  }
}
