import { randomUUID } from 'node:crypto';
import { BackOfficeApi, PASSWORD } from './back-office-api.js';
import { expectStatus } from './expected-answers.js';
import { Operator } from './operator.js';
import { PortalApi, type PortalHeaders } from './portal-api.js';
import type { Portico } from './portico.js';

type Fields = Readonly<Record<string, unknown>>;

/** The work of a firm for its clients, as its Back Office keeps it, and the portals in which the clients see it. */
export class PortalWork {
  private constructor(
    readonly url: string,
    /** The Back Office, as an administrator sees it. */
    readonly office: BackOfficeApi,
    private readonly token: string,
  ) {}

  /** The work of the server's first firm. */
  static async of(server: Portico): Promise<PortalWork> {
    const { stdout } = await server.operate('portal-token', 'create', '--firm', server.credentials.firmId, '--json');
    const { token } = JSON.parse(stdout) as { token: string };
    return new PortalWork(server.url, await BackOfficeApi.of(server), token);
  }

  /** The work of a new firm beside it. */
  static async ofAnotherFirm(server: Portico): Promise<PortalWork> {
    const { firmId, portalToken } = await new Operator(server).firm('Other Firm');
    const email = `${randomUUID()}@other.test`;
    const user = ['--email', email, '--name', 'Other', '--password', PASSWORD, '--permissions', 'firm_admin'];
    const { code, stderr } = await server.operate('user', 'create', '--firm', firmId, ...user, '--all-data');
    if (code !== 0) throw new Error(`no user: ${stderr}`);
    return new PortalWork(server.url, await BackOfficeApi.signedIn(server.url, email), portalToken);
  }

  /** A new client; answers its id, which is the company id of its portal. */
  async client(fields: Fields = {}): Promise<string> {
    return this.make('clients', { name: 'Client', currency: 'EUR', ...numbered(fields, 'parentClientId') });
  }

  /** A new contact of a client, invited to the portal; answers its id. */
  async contact(client: string, fields: Fields = {}): Promise<string> {
    const login = { loginEmail: `${randomUUID()}@example.test`, portalRole: 'admin', clientId: Number(client) };
    const id = await this.make('contacts', { firstName: 'Adam', lastName: 'Smith', ...login, ...fields });
    expectStatus(await this.office.send('post', `/contacts/${id}/invite`, {}), 200);
    return id;
  }

  /** A new member of staff; answers their id. */
  async staff(name: string): Promise<string> {
    const user = { name, email: `${randomUUID()}@staff.test`, permissions: ['back_office'], allDataAccess: true };
    return this.make('users', user);
  }

  /** A new project of a client; answers its id. */
  project(client: string, fields: Fields = {}): Promise<string> {
    return this.make('projects', { clientId: Number(client), name: 'Project', ...fields });
  }

  /** A new row of a resource of the Back Office; answers its id. */
  async make(resource: string, fields: Fields): Promise<string> {
    return String((await this.office.create(`/${resource}`, fields)).id);
  }

  async change(resource: string, id: string, fields: Fields): Promise<void> {
    expectStatus(await this.office.send('patch', `/${resource}/${id}`, fields), 200);
  }

  async remove(resource: string, id: string): Promise<void> {
    expectStatus(await this.office.call('delete', `/${resource}/${id}`), 204);
  }

  /** The portal of a client, with everything that a portal may unless something else is said. */
  portalOf(company: string, whom: PortalHeaders = {}): PortalApi {
    return new PortalApi(this.url, this.token, { company, role: 'admin', ...whom });
  }
}

/** The body of a 200. */
export async function shown<T>(portal: PortalApi, path: string): Promise<T> {
  const answer = await portal.get(path);
  expectStatus(answer, 200);
  return answer.body as T;
}

/** Ids of clients are numbers in bodies. */
function numbered(fields: Fields, name: string): Fields {
  return typeof fields[name] === 'string' ? { ...fields, [name]: Number(fields[name]) } : fields;
}
