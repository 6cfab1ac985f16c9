import { CheckBlobs, type BlobCheck } from '@portico/domain/files';
import type { BlobStore } from '@portico/domain/kernel';
import { SqlBlobRegister } from '../../src/files/sql-blob-register.js';
import { entities } from '../../src/mikro-orm.config.js';
import type { Database } from '../../src/platform/database/database.js';
import { openDatabase } from '../../src/platform/database/open-database.js';
import { prepared } from '../../src/platform/database/prepared.js';
import { SystemClock } from '../../src/platform/system-clock.js';
import { BackOfficeApi } from '../support/back-office-api.js';
import { FilesApi } from '../support/files-api.js';
import { PeopleApi } from '../support/people-api.js';
import type { PorticoServer } from '../support/portico-server.js';
import { Audience } from '../support/publishing-api.js';

/** What the operations work on, in the first firm of a server. */
export interface Subjects {
  /** Of this entity and its contacts: what is published. */
  readonly entity: string;
  readonly contacts: readonly string[];
  /** Where uploads go. */
  readonly inbox: string;
  /** Between these two a folder is moved. */
  readonly places: readonly [string, string];
  readonly moved: string;
  /** A folder with a file, and a folder with a file in it. */
  readonly tree: { readonly top: string; readonly folders: readonly string[]; readonly all: readonly string[] };
  readonly published: string;
  /** A client of the Back Office. */
  readonly client: number;
}

/** A server, as its callers see it, and its tables and bytes, as nobody who calls can. */
export class FaultWorld {
  private constructor(
    /** Another process after a kill. */
    public server: PorticoServer,
    private readonly session: BackOfficeApi,
    readonly subjects: Subjects,
    private readonly database: Database,
    private readonly blobs: BlobStore,
  ) {}

  /** `databaseUrl` leads to the database past all faults, `blobs` to the bytes. */
  static async of(server: PorticoServer, databaseUrl: string, blobs: BlobStore): Promise<FaultWorld> {
    const database = await openDatabase({ url: databaseUrl, poolSize: 2, entities });
    const office = await BackOfficeApi.of(server);
    return new FaultWorld(server, office, await subjectsOf(server, office), database, blobs);
  }

  get files(): FilesApi {
    return new FilesApi(this.server.url, this.server.headers);
  }

  get office(): BackOfficeApi {
    return new BackOfficeApi(this.server.url, this.session.headers);
  }

  /** One row of the tables. */
  async row(text: string, ...values: readonly unknown[]): Promise<Readonly<Record<string, unknown>>> {
    return (await this.database.query(prepared(text), values))[0] ?? {};
  }

  /** What fsck would find once the grace period is over; `repairs` removes what belongs to nothing, as the sweep does. */
  async checkBlobs(repairs: boolean): Promise<BlobCheck> {
    const check = new CheckBlobs(this.blobs, new SqlBlobRegister(this.database), new SystemClock());
    return check.execute({ isDeep: false, removesOrphans: repairs, graceSeconds: -1 });
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

async function subjectsOf(server: PorticoServer, office: BackOfficeApi): Promise<Subjects> {
  const files = new FilesApi(server.url, server.headers);
  const people = PeopleApi.of(server);
  const audience = new Audience(people);
  const entity = (await people.entity()).id;
  const contacts = [
    await audience.contact({}, { entities: [entity] }),
    await audience.contact({}, { entities: [entity] }),
  ];
  const folder = async (name: string, parent?: string) => (await files.createFolder(name, { parent })).id;
  const places = [await folder('one place'), await folder('another place')] as const;
  const moved = await folder('moved', places[0]);
  await files.createIn({ parent: moved }, 'moved along.txt');
  const top = await folder('tree');
  const below = await folder('branch', top);
  const leaves = [
    await files.createIn({ parent: top }, 'leaf.txt'),
    await files.createIn({ parent: below }, 'twig.txt'),
  ];
  return {
    ...{ entity, contacts, inbox: await folder('inbox'), places, moved },
    tree: { top, folders: [top, below], all: [top, below, ...leaves.map(({ id }) => id)] },
    published: (await files.createIn({ entities: [entity] }, 'published.txt')).id,
    client: (await office.create('/clients', { name: 'Client', currency: 'EUR' })).id,
  };
}
