import type { Response, Test } from 'supertest';
import { expectStatus, type FilesApi } from './files-api.js';
import type { PeopleApi } from './people-api.js';

export interface PublishResult {
  readonly id: string;
  readonly type: string;
  readonly attributes: {
    readonly file_id: number;
    readonly notify_status: string;
    readonly publish_status: string;
    readonly error?: readonly { readonly code: string; readonly title: string; readonly detail: string }[];
    readonly contacts?: readonly Readonly<Record<string, unknown>>[];
  };
  readonly links: { readonly self: string };
}

export interface Publication {
  readonly id: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>> & {
    readonly contact_id: number;
    readonly rule: string;
    readonly mail: { readonly state: string; readonly answer: string | null } | null;
  };
}

type Ids = readonly (string | number)[];
export interface PublishOptions {
  readonly publishing?: unknown;
  readonly notification?: unknown;
  readonly overrides?: Ids;
  readonly dryRun?: boolean;
  /** With its question mark. */
  readonly query?: string;
}

/** Publishing over HTTP. */
export class PublishingApi {
  constructor(readonly files: FilesApi) {}

  /** Published to all and told to nobody, unless the options say otherwise. */
  publish(files: Ids, options: PublishOptions = {}): Test {
    const { publishing = 'PUBLISH', notification = 'DO_NOT_NOTIFY', overrides, dryRun, query = '' } = options;
    return this.files.sendData('post', `/portal/publish_files${query}`, {
      type: 'publish_portal_files_request',
      attributes: {
        files_id: files.map(Number),
        portal_publishing: publishing,
        contact_notification: notification,
        ...(overrides && { publish_override_contact_ids: overrides.map(Number) }),
        ...(dryRun !== undefined && { dry_run: dryRun }),
      },
    });
  }

  async published(files: Ids, options?: PublishOptions): Promise<PublishResult[]> {
    return resultsIn(await this.publish(files, options));
  }

  unpublish(files: Ids, contacts?: Ids): Test {
    const contact_ids = contacts?.map(Number);
    return this.files.sendData('post', '/portal/unpublish_files', {
      type: 'unpublish_portal_files_request',
      attributes: { files_id: files.map(Number), ...(contact_ids && { contact_ids }) },
    });
  }

  async publications(file: string): Promise<Publication[]> {
    const answer = await this.files.get(`/files/${file}/publications`);
    expectStatus(answer, 200);
    return (answer.body as { data: Publication[] }).data;
  }

  /** Who can see the file now, ascending. */
  async seenBy(file: string): Promise<string[]> {
    const ids = (await this.publications(file)).map(({ attributes }) => attributes.contact_id);
    return ids.sort((one, other) => one - other).map(String);
  }

  async receipt(file: string): Promise<Receipt> {
    const answer = await this.files.get(`/files/${file}/receipt`);
    expectStatus(answer, 200);
    return (answer.body as { data: { attributes: Receipt } }).data.attributes;
  }
}

export interface Receipt {
  readonly sha256: string;
  readonly contacts: readonly (Readonly<Record<string, unknown>> & {
    readonly contact_id: number;
    readonly publications: readonly Readonly<Record<string, unknown>>[];
  })[];
  readonly events: readonly {
    readonly seq: number;
    readonly kind: string;
    readonly hashed_text: string;
    readonly hash: string;
    readonly is_intact: boolean;
  }[];
}

export function resultsIn(answer: Response): PublishResult[] {
  expectStatus(answer, 200);
  return (answer.body as { data: PublishResult[] }).data;
}

let count = 0;

/** Contacts of many kinds, by what is special about them. */
export class Audience {
  constructor(readonly people: PeopleApi) {}

  /** Adds a contact; invited to the portal unless told otherwise. */
  async contact(
    attributes: object = {},
    to: { readonly entities?: readonly string[]; readonly groups?: readonly string[]; readonly access?: boolean } = {},
  ): Promise<string> {
    const login_email = `reader-${process.pid}-${++count}@example.test`;
    const { id } = await this.people.contact({ login_email, ...attributes }, to.entities, to.groups);
    if (to.access !== false) expectStatus(await this.people.invite(id), 204);
    return id;
  }
}
