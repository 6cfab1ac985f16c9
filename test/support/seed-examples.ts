import { expect } from '@jest/globals';
import type { Response } from 'supertest';
import { DirectoryApi } from './directory-api.js';
import { expectStatus, FilesApi } from './files-api.js';
import type { Portico } from './portico.js';

/** The attributes of the seed's examples; attributes that an example leaves out may be there as well. */
export const FILE = {
  content_type: 'application/PDF',
  bytes: 256201,
  name: 'Sample.pdf',
  created_at: '2014-06-20T20:55:07Z',
};
export const FOLDER = {
  name: 'folder1',
  created_at: '2014-08-12T21:15:56Z',
  modified_at: '2014-08-12T21:15:56Z',
  is_folder: true,
  parent_folder_id: 0,
};

/** A resource of the seed's examples. */
export function resource(attributes: object, collection = '/v1/files'): object {
  const self = `${collection}/123`;
  const links = (name: string) => ({ self: `${self}/relationships/${name}`, related: `${self}/${name}` });
  return {
    id: '123',
    type: 'files',
    attributes,
    relationships: {
      associated_groups: { links: links('associated_groups'), data: [] },
      associated_entities: { links: links('associated_entities'), data: [] },
    },
    links: { self },
  };
}

/** Expects the status, and a body that has all members of the example, of the same types. */
export function expectExample(answer: Response, status: number, example: unknown): void {
  expectStatus(answer, status);
  expect(differences(answer.body, example, '')).toEqual([]);
}

/** Where `actual` lacks a member of `example`, or has a value of another type. Items are like the example's first. */
function differences(actual: unknown, example: unknown, at: string): string[] {
  if (typeOf(actual) !== typeOf(example)) return [`${at} is ${typeOf(actual)}, not ${typeOf(example)}`];
  if (Array.isArray(actual) && Array.isArray(example)) {
    if (example.length === 0) return [];
    if (actual.length === 0) return [`${at} is empty`];
    return actual.flatMap((item, index) => differences(item, example[0], `${at}/${index}`));
  }
  if (typeOf(example) !== 'object') return [];
  const members = Object.entries(example as Record<string, unknown>);
  return members.flatMap(([name, value]) =>
    differences((actual as Record<string, unknown>)[name], value, `${at}/${name}`),
  );
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

/** A firm that has what the seed's examples speak of. */
export class SeedFirm {
  readonly api: FilesApi;
  readonly groups: string[] = [];
  readonly entities: string[] = [];
  /** The file that is 123 in the seed, with two groups and two entities. */
  file = '';
  /** The archived file that is 319. */
  archived = '';
  /** An archived folder, which is 319 as well, with a folder in it. */
  archivedFolder = '';
  /** The folder that is 12345, "Sample/Folder/Path/", with a file in it. Its first folder has the first entity. */
  folder = '';
  /** The folder that is 54321. */
  otherFolder = '';

  private constructor(server: Portico) {
    this.api = new FilesApi(server.url, server.headers);
  }

  static async found(server: Portico): Promise<SeedFirm> {
    const firm = new SeedFirm(server);
    const directory = new DirectoryApi(server.url, server.headers);
    for (let count = 0; count < 4; count++) {
      firm.groups.push((await directory.group(`Group ${count}`)).id);
      firm.entities.push((await directory.entity()).id);
    }
    await firm.fill();
    return firm;
  }

  private async fill(): Promise<void> {
    const { api } = this;
    const linked = { groups: this.groups.slice(0, 2), entities: this.entities.slice(0, 2) };
    this.file = (await api.createIn(linked, 'Sample.pdf', 'RAW_FILE_DATA')).id;
    const top = await api.createFolder('Sample', { entities: this.entities.slice(0, 1) });
    const middle = await api.createFolder('Folder', { parent: top.id });
    this.folder = (await api.createFolder('Path', { parent: middle.id })).id;
    await api.createIn({ parent: this.folder }, 'bleed.png');
    this.otherFolder = (await api.createFolder('Elsewhere')).id;
    this.archivedFolder = (await api.createFolder('Archived', linked)).id;
    await api.createFolder('folder1', { parent: this.archivedFolder });
    this.archived = (await api.createIn(linked, 'archived_transactions.csv', 'RAW_FILE_DATA')).id;
    await api.archive(this.archived, this.archivedFolder);
  }
}
