import { FilesApi } from './files-api.js';
import { PeopleApi } from './people-api.js';
import type { Portico } from './portico.js';
import { Audience, PublishingApi } from './publishing-api.js';
import { sqlOn } from './server-database.js';
import { until } from './until.js';

export interface MailRow {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly answer: string | null;
  readonly settled_at: Date | null;
}

/** Publishes to contacts of a server, and looks after their mails. */
export class MailClient {
  readonly files: FilesApi;
  readonly people: PeopleApi;
  readonly publishing: PublishingApi;
  private readonly audience: Audience;

  constructor(private readonly server: Portico) {
    this.files = new FilesApi(server.url, server.headers);
    this.people = PeopleApi.of(server);
    this.publishing = new PublishingApi(this.files);
    this.audience = new Audience(this.people);
  }

  /** A contact who is told at this address. */
  contact(login_email: string, attributes: object = {}): Promise<string> {
    return this.audience.contact({ login_email, ...attributes });
  }

  /** Publishes new files to the contacts and tells them; answers how the telling went. */
  async tell(contacts: readonly string[], names: readonly string[] = ['Statement.pdf']): Promise<string[]> {
    const ids: string[] = [];
    for (const name of names) ids.push((await this.files.create(name)).id);
    return this.tellOf(ids, contacts);
  }

  async tellOf(files: readonly string[], contacts: readonly string[], notification = 'NOTIFY'): Promise<string[]> {
    const publishing = 'DO_NOT_PUBLISH';
    const results = await this.publishing.published(files, { publishing, notification, overrides: contacts });
    return results.map(({ attributes }) => attributes.notify_status);
  }

  /** The mails to a contact, the newest last. */
  async mails(contact: string): Promise<MailRow[]> {
    const sql =
      'select id, state, attempts, answer, settled_at from deliveries where contact_id = $1 order by queued_at';
    return (await sqlOn(this.server, sql, [contact])) as unknown as MailRow[];
  }

  /** The last mail to a contact, when it is settled. */
  settled(contact: string, seconds?: number): Promise<MailRow> {
    const last = async () => (await this.mails(contact)).at(-1);
    return until(
      'the mail is settled',
      async () => {
        const mail = await last();
        return mail?.settled_at ? mail : null;
      },
      seconds,
    );
  }
}
