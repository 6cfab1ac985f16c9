import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { SCOPE_ALIASES, SCOPES } from '@portico/domain/kernel';
import { AppModule } from './app.module.js';
import { AssociationsModule } from './associations/associations.module.js';
import { ArchiveModule } from './archive/archive.module.js';
import { ContactsModule } from './directory/contacts.module.js';
import { DirectoryModule } from './directory/directory.module.js';
import { DOCUMENT_DIR } from './documents.js';
import { FilesModule } from './files/files.module.js';
import { withRequestBodies } from './platform/openapi/request-body.js';
import { UsersModule } from './identity/users.module.js';

const DESCRIPTION = `Files of a firm's clients: upload, find, download, archive and restore.

Call with an API key (HTTP Basic, and the header \`Addepar-Firm\` with the id of the firm) or with an OAuth 2 access
token. Lists are in ascending id order and hold one page; follow \`links.next\` until it is null. Routes are also served
without the prefix \`/api\`.`;

const SCOPE_MEANING: Readonly<Record<string, string>> = {
  FILES: 'Read files',
  FILES_WRITE: 'Read and change files',
  ENTITIES: 'Read entities',
  ENTITIES_WRITE: 'Read and change entities',
  GROUPS: 'Read groups and their members',
  GROUPS_WRITE: 'Read and change groups and their members',
  USERS: 'Read users and contacts',
  USERS_WRITE: 'Read and change users and contacts',
};

/** The OpenAPI document of the Files API, out of the declarations on the routes. */
export async function filesDocument(): Promise<OpenAPIObject> {
  const app = await NestFactory.create(AppModule.with(null), { preview: true, logger: false, abortOnError: false });
  const scopes = [...SCOPES, ...Object.keys(SCOPE_ALIASES)].filter((scope) => scope in SCOPE_MEANING);
  const builder = new DocumentBuilder()
    .setTitle('Portico Files API')
    .setDescription(DESCRIPTION)
    .setVersion('1.0')
    .addServer('/api')
    .addSecurity('apiKey', { type: 'http', scheme: 'basic', description: 'Key and secret of an API key' })
    .addSecurity('firm', { type: 'apiKey', in: 'header', name: 'Addepar-Firm', description: 'The id of the firm' })
    .addOAuth2(
      {
        type: 'oauth2',
        flows: {
          clientCredentials: {
            tokenUrl: '/oauth2/token',
            scopes: Object.fromEntries(scopes.map((scope) => [scope, SCOPE_MEANING[scope] ?? scope])),
          },
        },
      },
      'oauth2',
    )
    .build();
  const document = SwaggerModule.createDocument(app, builder, {
    include: [FilesModule, ArchiveModule, AssociationsModule, DirectoryModule, ContactsModule, UsersModule],
  });
  return withRequestBodies(document);
}

if (process.argv[1] === import.meta.filename) {
  const file = path.join(process.argv[2] ?? DOCUMENT_DIR, 'files-v1.json');
  await writeFile(file, `${JSON.stringify(await filesDocument(), null, 2)}\n`);
}
