import { Module } from '@nestjs/common';
import { ClientFolders } from '@portico/domain/directory';
import { Clock } from '@portico/domain/kernel';
import { Database } from '../platform/database/database.js';
import { bind } from '../platform/wiring.js';
import { SqlClientFolders } from './sql-client-folders.js';

/** The folders with which new clients begin. */
@Module({ providers: [bind(ClientFolders, SqlClientFolders, Database, Clock)], exports: [ClientFolders] })
export class ClientFoldersModule {}
