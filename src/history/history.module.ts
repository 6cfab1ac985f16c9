import { Module } from '@nestjs/common';
import { History } from '@portico/domain/history';
import { Clock } from '@portico/domain/kernel';
import { Database } from '../platform/database/database.js';
import { bind } from '../platform/wiring.js';
import { MikroOrmHistory } from './mikro-orm-history.js';

@Module({ providers: [bind(History, MikroOrmHistory, Database, Clock)], exports: [History] })
export class HistoryModule {}
