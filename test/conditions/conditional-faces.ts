import { BackOfficeWorld, isOfCatalogue, kindOf, makeSubject } from '../access/back-office-resources.js';
import type { Headers } from '../access/issuer.js';
import type { Substitutes } from '../access/matrix-request.js';
import type { PortalCast } from '../access/portal-callers.js';
import { portalResourceOf } from '../access/portal-resources.js';
import { makeWorld, resourceOf } from '../access/resources.js';
import { type DocumentFace, faceOf } from '../openapi/faces.js';
import { BackOfficeApi } from '../support/back-office-api.js';
import { type OpenApiDocument, type Operation, operationsOf, readDocument } from '../support/openapi-document.js';
import { PortalWorld } from '../support/portal-api.js';
import type { Portico } from '../support/portico.js';

/** One document, and how what its operations are about is made. */
export interface ConditionalFace {
  readonly name: string;
  readonly document: OpenApiDocument;
  readonly face: DocumentFace;
  readonly operations: readonly Operation[];
  /** What a caller needs who may do everything in the firm of a server. */
  readonly world: (server: Portico) => Promise<ConditionalWorld>;
}

export interface ConditionalWorld {
  readonly headers: Headers;
  /** Makes what an operation is about, in the state that it is about. */
  readonly make: (operation: Operation) => Promise<Substitutes>;
}

async function v1(server: Portico): Promise<ConditionalWorld> {
  const world = await makeWorld(server);
  const ids = { entities: world.entity, groups: world.group };
  const make = async (operation: Operation): Promise<Substitutes> => {
    const resource = resourceOf(operation);
    const id = await resource.make(world, operation);
    return { id, ids, attributes: resource.attributes?.(id) ?? {} };
  };
  return { headers: server.headers, make };
}

async function backOffice(server: Portico): Promise<ConditionalWorld> {
  const { headers } = await BackOfficeApi.of(server);
  const world = await BackOfficeWorld.of(server, headers);
  const make = async (operation: Operation): Promise<Substitutes> => {
    const { path, body } = await makeSubject(world, operation);
    return { id: path['id'] ?? '', ids: {}, attributes: {}, path, body };
  };
  return { headers, make };
}

async function portal(server: Portico): Promise<ConditionalWorld> {
  const made = await server.operate('portal-token', 'create', '--firm', server.credentials.firmId, '--json');
  const world = new PortalWorld(server, (JSON.parse(made.stdout) as { token: string }).token);
  const company = await world.client('Company');
  const contact = await world.contact(company.id);
  const api = world.portalOf(company.id, contact);
  const cast = { world, office: await BackOfficeApi.of(server), company, contact, portal: api } as PortalCast;
  const make = async (operation: Operation): Promise<Substitutes> => {
    const resource = portalResourceOf(operation);
    const id = await resource.make(cast, operation);
    return { id, ids: {}, attributes: resource.body?.(cast, id, api.headers) ?? {} };
  };
  return { headers: api.headers, make };
}

const WORLDS: Readonly<Record<string, ConditionalFace['world']>> = {
  'files-v1': v1,
  'publishing-v1': v1,
  'back-office-v2': backOffice,
  portal,
};

/** What a platform must answer before it is made: the suites of connections look at it. */
const isConnection = ({ path }: Operation): boolean => /\/(?:platform-)?connections(?:\/|$)/.test(path);

/** Of the resources of the catalogue, which are alike, the first is asked for everything; the others take turns. */
const TURNS = ['GET', 'PUT', 'PATCH', 'DELETE'];

/** The face of that name, with the operations that are called. @throws Error for a document that nothing here knows */
export function conditionalFace(name: string): ConditionalFace {
  const world = WORLDS[name];
  if (!world) throw new Error(`openapi/${name}.json: say in ${import.meta.filename} how what it is about is made`);
  const document = readDocument(name);
  const all = operationsOf(document).filter((operation) => !isConnection(operation));
  const alike = (operation: Operation): boolean => name === 'back-office-v2' && isOfCatalogue(operation);
  const kinds = [...new Set(all.filter(alike).map(kindOf))];
  const isAsked = (operation: Operation): boolean => {
    const place = kinds.indexOf(kindOf(operation));
    return !alike(operation) || place === 0 || TURNS[place % TURNS.length] === operation.method;
  };
  return { name, document, face: faceOf(name), operations: all.filter(isAsked), world };
}
