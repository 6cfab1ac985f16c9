import type { INestApplicationContext } from '@nestjs/common';
import type { FirmId, Author } from '@portico/domain/kernel';
import { FoundFirm, type FoundedFirm } from './identity/identity.module.js';
import type { BootstrapConfig } from './platform/config/config.js';

const AUTHOR: Omit<Author, 'firmId'> = {
  userId: null,
  credential: { kind: 'operator', id: 'first start' },
  origin: { requestId: 'first start', address: null },
};

/** Makes the first firm and its administrator in an empty database; null in any other. */
export function bootstrapFirm(app: INestApplicationContext, bootstrap: BootstrapConfig): Promise<FoundedFirm | null> {
  const { firmId, firmName, ...credentials } = bootstrap;
  return app.get(FoundFirm).execute(AUTHOR, { id: firmId as FirmId, name: firmName, ...credentials }, true);
}

/** What the one who started the server should know; of the secrets, those that were made. */
export function firstCredentials(founded: FoundedFirm, given: BootstrapConfig): string[] {
  const secret = (value: string, isGiven: boolean) => (isGiven ? '(as given)' : `${value}   (shown this once)`);
  return [
    `Firm               ${founded.firmId}  ${given.firmName}`,
    `API key            ${founded.apiKey.key}`,
    `API secret         ${secret(founded.apiKey.secret, given.apiSecret !== null)}`,
    `Administrator      ${founded.admin.email}`,
    `Password           ${secret(founded.admin.password, given.adminPassword !== null)}`,
    `Portal token       ${secret(founded.portalToken, given.portalToken !== null)}`,
  ];
}
