import { DirectoryApi } from './directory-api.js';
import { type FileResource, FilesApi, type Linked, type Place } from './files-api.js';
import { Operator } from './operator.js';
import type { Portico } from './portico.js';

/** What a user without all data may do with a file or folder (contract, section 2, "Data access"). */
export type Reach = 'change' | 'read' | 'none';

export interface Made {
  readonly name: string;
  readonly file: FileResource;
  readonly reach: Reach;
}

/** Entities and groups, and files and folders of every reach for a user who is permitted some of them. */
export class RestrictedTree {
  /** All that was made, ascending. */
  readonly made: Made[] = [];
  readonly admin: FilesApi;
  readonly directory: DirectoryApi;
  /** Permitted: an entity, a group, and an entity that is a member of that group. */
  entity = '';
  group = '';
  member = '';
  /** Not permitted: an entity, and a group that has the permitted entity as a member. */
  foreignEntity = '';
  foreignGroup = '';
  user!: FilesApi;
  /** Has the same permissions and no data at all. */
  colleague!: FilesApi;

  private constructor(server: Portico) {
    this.admin = new FilesApi(server.url, server.headers);
    this.directory = new DirectoryApi(server.url, server.headers);
  }

  static async grow(server: Portico): Promise<RestrictedTree> {
    const tree = new RestrictedTree(server);
    await tree.makeDirectory();
    const operator = new Operator(server);
    const permissions = ['api_access', 'files_edit', 'entities_manage', 'groups_manage'];
    tree.user = await operator.apiOf({ permissions, entities: [tree.entity], groups: [tree.group] });
    tree.colleague = await operator.apiOf({ permissions });
    await tree.makeFiles();
    return tree;
  }

  id(name: string): string {
    const found = this.made.find((made) => made.name === name);
    if (!found) throw new Error(`there is no "${name}"`);
    return found.file.id;
  }

  names(ids: readonly string[]): string[] {
    return ids.map((id) => this.made.find(({ file }) => file.id === id)?.name ?? id);
  }

  of(...reaches: Reach[]): Made[] {
    return this.made.filter(({ reach }) => reaches.includes(reach));
  }

  /** What the user sees of a file that is readable: of its associations those that are permitted. */
  shown(file: FileResource): FileResource {
    const permitted = [this.entity, this.member];
    const { associated_entities, associated_groups } = file.relationships;
    const of = ({ data, ...links }: { readonly data: readonly Linked[] }) => ({
      ...links,
      data: data.filter(({ type, id }) => (type === 'groups' ? id === this.group : permitted.includes(id))),
    });
    const relationships = { associated_entities: of(associated_entities), associated_groups: of(associated_groups) };
    return { ...file, relationships };
  }

  private async makeDirectory(): Promise<void> {
    this.entity = (await this.directory.entity()).id;
    this.member = (await this.directory.entity()).id;
    this.foreignEntity = (await this.directory.entity()).id;
    this.group = (await this.directory.group('Permitted', [this.member])).id;
    this.foreignGroup = (await this.directory.group('Foreign', [this.entity])).id;
  }

  private async makeFiles(): Promise<void> {
    const [mine, foreign] = [{ entities: [this.entity] }, { entities: [this.foreignEntity] }];
    await this.file('of the entity', 'change', mine);
    await this.file('of the member of the group', 'change', { entities: [this.member] });
    await this.file('of the group', 'change', { groups: [this.group] });
    await this.file('of the entity and a foreign one', 'read', { entities: [this.entity, this.foreignEntity] });
    await this.file('of the entity and a foreign group', 'read', { ...mine, groups: [this.foreignGroup] });
    await this.file('of a foreign entity', 'none', foreign);
    await this.file('of a foreign group with the entity', 'none', { groups: [this.foreignGroup] });
    await this.file('of nobody', 'none', {});
    await this.file('of nobody, by the user', 'change', {}, this.user);
    await this.file('of the entity, by the user', 'change', mine, this.user);
    await this.folder('folder', 'change', mine);
    await this.file('in the folder', 'change', { parent: this.id('folder') });
    await this.folder('mixed folder', 'change', mine);
    await this.folder('foreign folder inside', 'read', { ...foreign, parent: this.id('mixed folder') });
    await this.file('deep inside', 'read', { parent: this.id('foreign folder inside') });
    await this.folder('foreign folder', 'none', foreign);
    await this.file('in the foreign folder', 'none', { parent: this.id('foreign folder') });
    await this.file('of the entity in the foreign folder', 'read', { ...mine, parent: this.id('foreign folder') });
    await this.folder('folder of nobody', 'none', {});
    await this.file('of the entity in the folder of nobody', 'change', {
      ...mine,
      parent: this.id('folder of nobody'),
    });
    await this.folder('folder by the user', 'change', {}, this.user);
    await this.file('in the folder by the user', 'change', { parent: this.id('folder by the user') }, this.user);
    await this.file('of nobody in the folder by the user', 'none', { parent: this.id('folder by the user') });
  }

  private async file(name: string, reach: Reach, place: Place, by = this.admin): Promise<void> {
    this.made.push({ name, reach, file: await by.createIn(place, `${name}.txt`) });
  }

  private async folder(name: string, reach: Reach, place: Place, by = this.admin): Promise<void> {
    this.made.push({ name, reach, file: await by.createFolder(name, place) });
  }
}
