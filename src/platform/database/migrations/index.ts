import { M0001Vault } from './m0001-vault.js';
import { M0002Tree } from './m0002-tree.js';
import { M0003Directory } from './m0003-directory.js';
import { M0004People } from './m0004-people.js';
import { M0005Publishing } from './m0005-publishing.js';
import { M0006Lists } from './m0006-lists.js';
import { M0007Sessions } from './m0007-sessions.js';
import { M0008ClientFiles } from './m0008-client-files.js';
import { M0009BackOffice } from './m0009-back-office.js';
import { M0010Portal } from './m0010-portal.js';
import { M0011PortalReads } from './m0011-portal-reads.js';
import { M0012Notifications } from './m0012-notifications.js';
import { M0013FromClients } from './m0013-from-clients.js';
import { M0014Results } from './m0014-results.js';
import { M0015Connections } from './m0015-connections.js';
import { M0016StorageChecks } from './m0016-storage-checks.js';
import { M0017Idempotency } from './m0017-idempotency.js';
import { M0018Uploads } from './m0018-uploads.js';
import { M0019OAuth } from './m0019-oauth.js';

/** In the order in which they run. A migration that has landed never changes. */
export const migrations = [
  { name: 'm0001-vault', class: M0001Vault },
  { name: 'm0002-tree', class: M0002Tree },
  { name: 'm0003-directory', class: M0003Directory },
  { name: 'm0004-people', class: M0004People },
  { name: 'm0005-publishing', class: M0005Publishing },
  { name: 'm0006-lists', class: M0006Lists },
  { name: 'm0007-sessions', class: M0007Sessions },
  { name: 'm0008-client-files', class: M0008ClientFiles },
  { name: 'm0009-back-office', class: M0009BackOffice },
  { name: 'm0010-portal', class: M0010Portal },
  { name: 'm0011-portal-reads', class: M0011PortalReads },
  { name: 'm0012-notifications', class: M0012Notifications },
  { name: 'm0013-from-clients', class: M0013FromClients },
  { name: 'm0014-results', class: M0014Results },
  { name: 'm0015-connections', class: M0015Connections },
  { name: 'm0016-storage-checks', class: M0016StorageChecks },
  { name: 'm0017-idempotency', class: M0017Idempotency },
  { name: 'm0018-uploads', class: M0018Uploads },
  { name: 'm0019-oauth', class: M0019OAuth },
];
