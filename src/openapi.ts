import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { SCOPES } from '@portico/domain/kernel';
import { AppModule } from './app.module.js';
import { AssociationsModule } from './associations/associations.module.js';
import { ArchiveModule } from './archive/archive.module.js';
import { BackOfficeClientsModule } from './back-office/clients/back-office-clients.module.js';
import { ResourcesModule } from './back-office/resources/resources.module.js';
import { BackOfficeConnectionsModule } from './back-office/connections/back-office-connections.module.js';
import { BackOfficeContactsModule } from './back-office/contacts/back-office-contacts.module.js';
import { BackOfficeNotificationsModule } from './back-office/notifications/back-office-notifications.module.js';
import { BackOfficeUsersModule } from './back-office/users/back-office-users.module.js';
import { ClientFilesModule } from './client-files/client-files.module.js';
import { ContactsModule } from './directory/contacts.module.js';
import { DirectoryModule } from './directory/directory.module.js';
import { DOCUMENT_DIR, type DocumentName } from './documents.js';
import { FilesModule } from './files/files.module.js';
import { withConditions } from './platform/openapi/conditions.js';
import { withIdempotency } from './platform/openapi/idempotency.js';
import { withRequestBodies } from './platform/openapi/request-body.js';
import { withSharedParts } from './platform/openapi/shared-parts.js';
import { PORTAL_MODULES } from './portal/portal-modules.js';
import { PublishingModule } from './publishing/publishing.module.js';
import { SessionsModule } from './identity/sessions/sessions.module.js';
import { UploadsModule } from './uploads/uploads.module.js';
import { UsersModule } from './identity/users.module.js';

/** One document: what it says of itself, and the modules whose routes it holds. */
interface DocumentPlan {
  readonly title: string;
  readonly description: string;
  /** What stands before the paths of the document. */
  readonly server?: string;
  readonly identify: (builder: DocumentBuilder) => DocumentBuilder;
  readonly modules: Type[];
}

const V1_CALLERS = `Call with an API key (HTTP Basic, and the header \`Addepar-Firm\` with the id of the firm) or with an OAuth 2 access
token. Lists are in ascending id order and hold one page; follow \`links.next\` until it is null. Routes are also served
without the prefix \`/api\`.`;

const withKeys = (builder: DocumentBuilder): DocumentBuilder =>
  builder
    .addSecurity('apiKey', { type: 'http', scheme: 'basic', description: 'Key and secret of an API key' })
    .addSecurity('firm', { type: 'apiKey', in: 'header', name: 'Addepar-Firm', description: 'The id of the firm' });

const withPortalTokens = (builder: DocumentBuilder): DocumentBuilder =>
  builder.addSecurity('portalToken', { type: 'http', scheme: 'bearer', description: 'The token of a portal worker' });

const withSessions = (builder: DocumentBuilder): DocumentBuilder =>
  builder.addSecurity('session', { type: 'http', scheme: 'bearer', description: 'The access token of a session' });

const PLANS: Readonly<Record<DocumentName, DocumentPlan>> = {
  'files-v1': {
    title: 'Portico Files API',
    description: `Files of a firm's clients: upload, find, download, archive and restore.\n\n${V1_CALLERS}`,
    server: '/api',
    identify: withKeys,
    modules: [
      FilesModule,
      UploadsModule,
      ArchiveModule,
      AssociationsModule,
      DirectoryModule,
      ContactsModule,
      UsersModule,
    ],
  },
  'publishing-v1': {
    title: 'Portico Publishing API',
    description: `Files are published to the portals of the contacts whom they concern, and the contacts are told by mail;
afterwards anyone can prove who could see what since when, who was told, and who looked.\n\n${V1_CALLERS}`,
    server: '/api',
    identify: withKeys,
    modules: [PublishingModule],
  },
  'back-office-v2': {
    title: 'Portico Back Office API',
    description: `What the staff of a firm keep of its clients.

Sign in, and call with the access token of the session. Lists are bare arrays; \`X-Total-Count\` says how many there are
in all. \`Accept-Language\` chooses the language of messages: en, ja, de, fr, es.`,
    identify: withSessions,
    modules: [
      SessionsModule,
      BackOfficeClientsModule,
      BackOfficeContactsModule,
      BackOfficeUsersModule,
      BackOfficeNotificationsModule,
      BackOfficeConnectionsModule,
      ClientFilesModule,
      ResourcesModule,
    ],
  },
  portal: {
    title: 'Portico Portal API',
    description: `What a client of the firm sees of it, and does.

The portal worker calls it on behalf of one client who has signed in: with its service token, or with an OAuth 2 access
token of the scope \`PORTAL\`, and with headers that say who the client is.`,
    identify: withPortalTokens,
    modules: PORTAL_MODULES,
  },
};

const SCOPE_MEANING: Readonly<Record<string, string>> = {
  FILES: 'Read files',
  FILES_WRITE: 'Read and change files',
  PUBLISH_FILE: 'Publish files to the portal',
  ENTITIES: 'Read entities',
  ENTITIES_WRITE: 'Read and change entities',
  GROUPS: 'Read groups and their members',
  GROUPS_WRITE: 'Read and change groups and their members',
  USERS: 'Read users and contacts',
  USERS_WRITE: 'Read and change users and contacts',
  PORTAL: 'Act as the portal of the firm',
};

/** The OpenAPI documents of all faces, out of the declarations on the routes. */
export async function openApiDocuments(): Promise<[DocumentName, OpenAPIObject][]> {
  const app = await NestFactory.create(AppModule.with(null), { preview: true, logger: false, abortOnError: false });
  return Object.entries(PLANS).map(([name, plan]) => [name as DocumentName, documentOf(app, plan)]);
}

function documentOf(app: INestApplication, plan: DocumentPlan): OpenAPIObject {
  const { title, description, server, identify, modules } = plan;
  const builder = new DocumentBuilder().setTitle(title).setDescription(description).setVersion('1.0');
  if (server !== undefined) builder.addServer(server);
  const document = SwaggerModule.createDocument(app, identify(builder).build(), { include: modules });
  return withSharedParts(withIdempotency(withConditions(withRequestBodies(withScopes(document)))));
}

/** `document`, with the OAuth scopes that its operations need. */
function withScopes(document: OpenAPIObject): OpenAPIObject {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path) as OperationLike[]);
  const needed = new Set(operations.flatMap(({ security = [] }) => security.flatMap(({ oauth2 = [] }) => oauth2)));
  if (needed.size === 0) return document;
  const scopes = SCOPES.filter((scope) => needed.has(scope));
  const meanings = Object.fromEntries(scopes.map((scope) => [scope, SCOPE_MEANING[scope] ?? scope]));
  const clientCredentials = { tokenUrl: '/oauth2/token', scopes: meanings };
  const authorizationCode = {
    ...{ authorizationUrl: '/oauth2/authorize', tokenUrl: '/oauth2/token', refreshUrl: '/oauth2/token' },
    scopes: meanings,
  };
  const forPeople = !needed.has('PORTAL'); // nobody signs in for the portal's own program
  const oauth2 = {
    type: 'oauth2' as const,
    description: 'An access token of this server; where it trusts an outside issuer, of that one',
    flows: { clientCredentials, ...(forPeople && { authorizationCode }) },
  };
  const { components } = document;
  return { ...document, components: { ...components, securitySchemes: { ...components?.securitySchemes, oauth2 } } };
}

interface OperationLike {
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

if (process.argv[1] === import.meta.filename)
  for (const [name, document] of await openApiDocuments()) {
    const file = path.join(process.argv[2] ?? DOCUMENT_DIR, `${name}.json`);
    await writeFile(file, `${JSON.stringify(document, null, 2)}\n`);
  }
