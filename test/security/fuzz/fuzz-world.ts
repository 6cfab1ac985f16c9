import { BackOfficeCast } from '../../access/back-office-callers.js';
import { BackOfficeWorld, makeSubject } from '../../access/back-office-resources.js';
import type { Headers } from '../../access/issuer.js';
import type { Substitutes } from '../../access/matrix-request.js';
import { type PortalCast, portalCast } from '../../access/portal-callers.js';
import { portalResourceOf } from '../../access/portal-resources.js';
import { makeWorld, resourceOf, type World } from '../../access/resources.js';
import { BackOfficeApi } from '../../support/back-office-api.js';
import { FilesApi } from '../../support/files-api.js';
import type { Operation } from '../../support/openapi-document.js';
import { keyHeaders, Operator } from '../../support/operator.js';
import type { Portico } from '../../support/portico.js';
import { sqlOn } from '../../support/server-database.js';

/** What the other firm calls everything that it has. */
export const CANARY = 'canary-of-the-other-firm';

const bearing = (token: string): Headers => ({ Authorization: `Bearer ${token}` });

/** The firm that is called, with everybody who calls it, and another one whose rows nobody may see. */
export class FuzzWorld {
  private constructor(
    private readonly world: World,
    private readonly office: BackOfficeWorld,
    private readonly cast: PortalCast,
    private readonly callers: Readonly<Record<string, readonly Headers[]>>,
    /** Ids of rows of the other firm. */
    readonly foreign: readonly string[],
  ) {}

  static async of(server: Portico, portalToken: string): Promise<FuzzWorld> {
    const operator = new Operator(server);
    const sessions = new BackOfficeCast(server, portalToken);
    const session = async (permissions: readonly string[]) =>
      bearing((await sessions.session(permissions)).accessToken.token);
    const [cast, administrator, clerk] = [
      await portalCast(server, portalToken),
      await session(['firm_admin']),
      await session(['back_office']),
    ];
    const restricted = await operator.apiKey(
      await operator.user({ permissions: ['api_access', 'files_edit', 'files_view'] }),
    );
    const noData = keyHeaders(restricted, server.credentials.firmId);
    const token = bearing(cast.otherScopes);
    const strangers = [{}, bearing('a-made-up-token'), { Authorization: 'Basic !!!', 'Addepar-Firm': '1' }];
    const { portal, viewer, stranger, ofStranger } = cast;
    const mostly = (good: Headers, ...others: Headers[]) => [...Array<Headers>(12).fill(good), ...others, ...strangers];
    const users = mostly(server.headers, noData, token, administrator);
    const otherCompany = portal.as({ company: stranger.id, user: ofStranger }).headers;
    // so that the key under which credentials are sealed is a real one
    await portalResourceOf({ name: 'connections', path: '/api/portal/connections' } as Operation).make(
      cast,
      {} as Operation,
    );
    return new FuzzWorld(
      await makeWorld(server),
      await BackOfficeWorld.of(server, administrator),
      cast,
      {
        'files-v1': users,
        'publishing-v1': users,
        'back-office-v2': mostly(administrator, clerk, server.headers),
        portal: mostly(
          portal.headers,
          portal.as({ user: viewer, role: 'viewer' }).headers,
          otherCompany,
          administrator,
        ),
      },
      await plant(server),
    );
  }

  /** What an operation is about, made for it, and a body that can be. */
  async subjectOf(face: string, operation: Operation): Promise<Substitutes> {
    if (face === 'portal') {
      const resource = portalResourceOf(operation);
      const id = await resource.make(this.cast, operation);
      return { id, ids: {}, attributes: resource.body?.(this.cast, id, this.cast.portal.headers) ?? {} };
    }
    if (face === 'back-office-v2') {
      const isAboutOne = operation.path.includes('{');
      const { path, body } = isAboutOne ? await makeSubject(this.office, operation) : { path: {}, body: undefined };
      return { id: '1', ids: {}, attributes: {}, path, body };
    }
    const resource = resourceOf(operation);
    const id = await resource.make(this.world, operation);
    const { entity, group } = this.world;
    return { id, ids: { entities: entity, groups: group }, attributes: resource.attributes?.(id) ?? {} };
  }

  /** Who calls: most often somebody who may. */
  callerOf(face: string, at: number): Headers {
    const callers = this.callers[face] ?? [];
    return callers[at % callers.length] ?? {};
  }
}

/** Another firm with one of everything that can bear a name. */
async function plant(server: Portico): Promise<string[]> {
  const office = await BackOfficeApi.ofAnotherFirm(server);
  const [firm] = await sqlOn(server, `select max(id)::text as id from firms`);
  const operator = new Operator(server);
  const firmId = String(firm?.['id']);
  const user = await operator.user({ permissions: ['firm_admin'], allData: true, firm: firmId });
  const key = keyHeaders(await operator.apiKey(user, firmId), firmId);
  const client = await office.create<{ entityId: number }>('/clients', { name: CANARY });
  const clientId = client.id;
  const [contact, project, page, invoice] = [
    await office.create('/contacts', { firstName: CANARY, lastName: CANARY, clientId }),
    await office.create('/projects', { name: CANARY, clientId }),
    await office.create('/pages', { title: CANARY, isPublished: true, clientId }),
    await office.create('/invoices', { invoiceNumber: CANARY, status: 'submitted', clientId }),
  ];
  const file = await new FilesApi(server.url, key).create(`${CANARY}.txt`, CANARY);
  return [clientId, client.entityId, contact.id, project.id, page.id, invoice.id, file.id].map(String);
}
