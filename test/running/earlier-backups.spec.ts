import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BackOfficeApi } from '../support/back-office-api.js';
import { EmptyInstallation, reported, type RestoreReport } from '../support/backups.js';
import { FilesApi } from '../support/files-api.js';
import { PortalApi } from '../support/portal-api.js';
import type { PorticoServer } from '../support/portico-server.js';

interface Expected {
  readonly key: string;
  readonly admin: { readonly email: string; readonly password: string };
  readonly api: { readonly key: string; readonly secret: string };
  readonly portalToken: string;
  readonly clientId: number;
  readonly contactId: number;
  readonly folderId: string;
  readonly connectionId: string;
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly sha256: string;
    readonly bytes: number;
  }[];
  readonly invoice: { readonly id: string; readonly number: string; readonly totalAmount: number };
}

/** Made by `test/fixtures/make-backup.mjs` with the version that had the last migration named here. */
describe.each([['backup-v1', 'm0017-idempotency']])('the backup %s of an earlier version', (name, migration) => {
  const folder = path.resolve(import.meta.dirname, '../fixtures', name);
  let expected: Expected;
  let empty: EmptyInstallation;
  let restored: RestoreReport;
  let server: PorticoServer;

  beforeAll(async () => {
    expected = JSON.parse(await readFile(path.join(folder, 'expected.json'), 'utf8')) as Expected;
    empty = await EmptyInstallation.make({ SECRET_KEY: expected.key });
    restored = await empty.restore(folder);
    server = await empty.start({ firmId: '1', ...expected.api });
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    await empty.remove();
  });

  it('is restored into the newest schema', async () => {
    expect(restored.migration.from).toBe(migration);
    const [newest] = await empty.query<{ name: string }>('select name from schema_migrations order by id desc limit 1');
    expect(restored.migration.to).toBe(newest?.name);
    expect(restored).toMatchObject({ blobs: { missing: 0, damaged: 0 }, storage: { missing: 0, orphaned: 0 } });
  });

  it('has its files, active and archived, with the bytes that they had', async () => {
    const api = new FilesApi(server.url, server.headers);
    const archived = await api.ids('/archive/files');
    expect(archived).toHaveLength(1);
    for (const { id, name: fileName, sha256, bytes } of expected.files) {
      const collection = archived.includes(id) ? '/archive/files' : '/files';
      expect((await api.read(id, collection)).attributes).toMatchObject({ name: fileName, sha256, bytes });
      if (collection === '/files') {
        const { headers, body } = await api.download(`/files/${id}/download`);
        expect([headers['etag'], body.length]).toEqual([`"${sha256}"`, bytes]);
      }
    }
    const fsck = await reported<{ intact: boolean }>(empty.operator, 'fsck', '--deep');
    expect(fsck.intact).toBe(true);
  });

  it('has a chain of events that nobody has changed', async () => {
    const { firms } = await reported<{ firms: { events: number; faults: unknown[] }[] }>(
      empty.operator,
      'audit',
      'verify',
    );
    expect(firms.flatMap(({ faults }) => faults)).toEqual([]);
    expect(firms.every(({ events }) => events > 0)).toBe(true);
  });

  it('lets its staff sign in, and shows them their work', async () => {
    const { email, password } = expected.admin;
    const office = await BackOfficeApi.signedIn(server.url, email, password);
    const { id, number, totalAmount } = expected.invoice;
    const invoice = await office.expecting(200, office.get(`/invoices/${id}`));
    expect(invoice).toMatchObject({ invoiceNumber: number, totalAmount });
    // the numbers go on, and the triggers work
    const lineItems = [{ description: 'More', quantity: 2, unitPrice: 10, taxRate: 0 }];
    const next = await office.create('/invoices', { clientId: expected.clientId, lineItems });
    expect(next).toMatchObject({ invoiceNumber: 'INV-000002', totalAmount: 20 });
  });

  it('shows the client what was published, and opens what its connection is opened with', async () => {
    const whom = { company: String(expected.clientId), user: String(expected.contactId), role: 'admin' };
    const portal = new PortalApi(server.url, expected.portalToken, whom);
    const { files } = await portal.list();
    expect(files.map((file) => file.name)).toEqual([expected.files[0]?.name]);
    const { body } = await portal.get('/connections');
    expect(body).toMatchObject({ connections: [{ id: expected.connectionId, status: 'connected' }] });
    const rotation = await reported<Record<string, unknown>>(empty.operator, 'keys', 'rotate');
    expect(rotation).toMatchObject({ connections: 1 });
  });
});
