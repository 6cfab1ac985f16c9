import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DemoSession } from './demo-session.js';

/** The firm of the demonstration, and what its steps need. */
export interface DemoFirm {
  readonly firmId: string;
  readonly key: string;
  readonly secret: string;
  readonly portalToken: string;
  readonly client: { readonly id: string; readonly entityId: string };
  /** Where mails are kept. */
  readonly mailDir: string;
}

/** The document that is published. */
export interface DemoDocument {
  readonly name: string;
  readonly bytes: Buffer;
  /** Where it is; null: it was made. */
  readonly from: string | null;
}

/** What the demonstration has shown. */
export interface DemoResult {
  readonly firmId: string;
  readonly fileId: string;
  readonly contactId: string;
  readonly mail: string | null;
  readonly sha256: string;
  readonly arrivedUnharmed: boolean;
  readonly events: number;
}

interface Resource {
  readonly data: { readonly id: string; readonly attributes: Readonly<Record<string, unknown>> };
}
interface Receipt {
  readonly data: { readonly attributes: { readonly contacts: object[]; readonly events: object[] } };
}
interface Publications {
  readonly data: readonly { readonly attributes: { readonly mail: { readonly answer: string | null } | null } }[];
}

/** The headers of staff and of the client, and the way curl names them. */
export function demoHeaders(firm: Pick<DemoFirm, 'firmId' | 'key' | 'secret' | 'portalToken'>) {
  const basic = `Basic ${Buffer.from(`${firm.key}:${firm.secret}`).toString('base64')}`;
  const bearer = `Bearer ${firm.portalToken}`;
  return {
    staff: { Authorization: basic, 'Addepar-Firm': firm.firmId },
    portal: { Authorization: bearer },
    named: new Map([
      [basic, '-u "$KEY:$SECRET"'],
      [bearer, '-H "Authorization: Bearer $PORTAL_TOKEN"'],
    ]),
  };
}

/** The main job: a document is uploaded, linked, published, told of, read and proven. */
export class DemoSteps {
  private readonly staff: Readonly<Record<string, string>>;
  private readonly portal: Readonly<Record<string, string>>;

  constructor(
    private readonly session: DemoSession,
    private readonly firm: DemoFirm,
    private readonly document: DemoDocument,
  ) {
    const { staff, portal } = demoHeaders(firm);
    this.staff = staff;
    this.portal = { ...portal, 'X-Portal-Company-Id': firm.client.id, 'X-Portal-User-Role': 'viewer' };
  }

  async run(): Promise<DemoResult> {
    const contactId = await this.invite();
    const fileId = await this.upload();
    await this.publish(fileId);
    const mail = await this.mail(fileId);
    const { sha256, arrivedUnharmed } = await this.read(fileId, contactId);
    const events = await this.prove(fileId);
    return { firmId: this.firm.firmId, fileId, contactId, mail, sha256, arrivedUnharmed, events };
  }

  private async invite(): Promise<string> {
    const { session, staff, firm } = this;
    session.step('A contact of the client is invited to the portal');
    const attributes = {
      first_name: 'Ada',
      last_name: 'Byron',
      login_email: 'ada.byron@example.test',
      client_id: Number(firm.client.id),
      time_zone: 'Europe/London',
      language: 'en',
    };
    const { data } = await session.send<Resource>({
      ...{ method: 'POST', path: '/api/v1/contacts', headers: staff },
      json: { data: { type: 'contacts', attributes } },
    });
    await session.send({ method: 'POST', path: `/api/v1/contacts/${data.id}/invite`, headers: staff });
    session.tell(`Contact ${data.id}, Ada Byron, may use the portal of client ${firm.client.id}.`);
    return data.id;
  }

  private async upload(): Promise<string> {
    const { session, staff, document, firm } = this;
    session.step('The document is uploaded, and linked to the client');
    const { data } = await session.send<Resource>({
      ...{ method: 'POST', path: '/api/v1/files', headers: staff },
      file: { ...document, from: document.from ?? document.name },
    });
    await session.send({
      ...{ method: 'POST', headers: staff, path: `/api/v1/files/${data.id}/relationships/associated_entities` },
      json: { data: [{ type: 'entities', id: firm.client.entityId }] },
    });
    const { bytes, sha256 } = data.attributes;
    session.tell(`File ${data.id}, ${document.name}: ${String(bytes)} bytes, SHA-256 ${String(sha256)}.`);
    return data.id;
  }

  private async publish(fileId: string): Promise<void> {
    const { session, staff } = this;
    session.step('It is published to everyone whom it concerns, and they are told');
    const attributes = { files_id: [Number(fileId)], portal_publishing: 'PUBLISH', contact_notification: 'NOTIFY' };
    const results = await session.send<{ data: readonly Resource['data'][] }>({
      ...{ method: 'POST', path: '/api/v1/portal/publish_files', headers: staff },
      json: { data: { type: 'publish_portal_files_request', attributes } },
    });
    const { publish_status, notify_status } = results.data[0]?.attributes ?? {};
    session.tell(`Published: ${String(publish_status)}. Told: ${String(notify_status)}.`);
  }

  /** Without a mail server, each mail is a file. */
  private async mail(fileId: string): Promise<string | null> {
    const { session, staff, firm } = this;
    session.step('The mail');
    const path_ = `/api/v1/files/${fileId}/publications`;
    const { data } = await session.send<Publications>({ path: path_, headers: staff });
    const answer = data[0]?.attributes.mail?.answer ?? '';
    const name = /[^ ]+\.eml/.exec(answer)?.[0];
    if (name === undefined) {
      session.tell(`The mail server said: ${answer}`);
      return null;
    }
    const file = path.join(firm.mailDir, name);
    session.command(`cat '${file}'`);
    session.tell(readable(await readFile(file, 'utf8')));
    return file;
  }

  private async read(fileId: string, contactId: string): Promise<{ sha256: string; arrivedUnharmed: boolean }> {
    const { session, document } = this;
    const headers = { ...this.portal, 'X-Portal-User-Id': contactId };
    session.step('What the client sees in the portal');
    const list = await session.send<{ files: readonly object[] }>({ path: '/api/portal/files', headers });
    session.tell(JSON.stringify(list.files, null, 2));
    await session.send({ path: `/api/portal/files/${fileId}`, headers });
    const bytes = await session.bytes({ path: `/api/portal/files/${fileId}/download`, headers });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const arrivedUnharmed = bytes.equals(document.bytes);
    session.tell(`${bytes.length} bytes arrived, ${arrivedUnharmed ? 'the same' : 'NOT THE SAME'}: SHA-256 ${sha256}.`);
    await session.send({ method: 'POST', path: `/api/portal/files/${fileId}/acknowledge`, headers });
    session.tell('The client has acknowledged it.');
    return { sha256, arrivedUnharmed };
  }

  private async prove(fileId: string): Promise<number> {
    const { session, staff } = this;
    session.step('The proof: who could see it since when, who was told, who looked');
    const { data } = await session.send<Receipt>({ path: `/api/v1/files/${fileId}/receipt`, headers: staff });
    session.tell(JSON.stringify(data.attributes.contacts, null, 2));
    session.tell(`${data.attributes.events.length} events of the chain prove it.`);
    return data.attributes.events.length;
  }
}

/** The head of a mail and its plain text, as a person reads them. */
function readable(mail: string): string {
  const [head = ''] = mail.split(/\r?\n\r?\n/, 1);
  const shown = /^(?:From|To|Subject|Date|List-Unsubscribe(?:-Post)?): .*(?:\r?\n[ \t].*)*/gim;
  const part = /^Content-Type: text\/plain(?<headers>[^]*?)\r?\n\r?\n(?<text>[^]*?)\r?\n--/im.exec(mail)?.groups;
  const text = part?.['text'] ?? '';
  const isQuoted = /quoted-printable/i.test(part?.['headers'] ?? '');
  return [...(head.match(shown) ?? []), '', (isQuoted ? fromQuotedPrintable(text) : text).trim()].join('\n');
}

/** RFC 2045, section 6.7. */
function fromQuotedPrintable(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
