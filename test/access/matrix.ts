import { faultsIn } from '../openapi/schema-check.js';
import { type MediaType, type OpenApiDocument, type Operation, operationsOf } from '../support/openapi-document.js';
import { mediaTypesOf, type MatrixRequest } from './matrix-request.js';

/** An operation with one of its bodies. */
export interface MatrixRow {
  readonly name: string;
  readonly document: OpenApiDocument;
  readonly operation: Operation;
  readonly type: string | undefined;
}

export interface Answered {
  readonly status: number;
  readonly type: string | null;
  readonly content: Buffer;
}

/** Every operation of a document, once for each kind of body. */
export function rowsOf(document: OpenApiDocument): MatrixRow[] {
  return operationsOf(document).flatMap((operation) => {
    const types = mediaTypesOf(operation);
    return types.map((type) => ({
      name: types.length > 1 ? `${operation.name} (${type ?? 'no body'})` : operation.name,
      ...{ document, operation, type },
    }));
  });
}

/** Sends the request with the headers of a caller over its own. */
export async function send(
  url: string,
  { method, path, headers: own, body }: MatrixRequest,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  const request = { method, headers: { ...own, ...headers }, body: body && new Uint8Array(body) };
  const answer = await fetch(`${url}${path}`, request);
  const content = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, type: answer.headers.get('content-type'), content };
}

export const documentedOf = ({ operation }: MatrixRow): string[] => Object.keys(operation.declared.responses);
export const successesOf = (row: MatrixRow): string[] => documentedOf(row).filter((code) => code.startsWith('2'));
/** Asks something in a body, and changes nothing; or begins what shows at its own address alone. */
const QUESTIONS = ['POST /api/portal/results/ask', 'POST /v1/uploads/check', 'POST /v1/uploads'];
export const changes = ({ operation: { method, name } }: MatrixRow): boolean =>
  method !== 'GET' && !QUESTIONS.includes(name);

/** In what an answer is another than the document says. */
export function faultsOf({ document, operation }: MatrixRow, { status, type, content }: Answered): string[] {
  const media: Readonly<Record<string, MediaType>> = operation.declared.responses[String(status)]?.content ?? {};
  const [documented = null] = Object.keys(media);
  const { schema = {} } = media[documented ?? ''] ?? {};
  if (type !== documented) return [`the content type is ${type}, not ${documented}`];
  if (documented === null) return content.length === 0 ? [] : [`there is a body: ${content.toString()}`];
  return schema.format === 'binary' ? [] : faultsIn(document, schema, JSON.parse(content.toString()));
}

/** How many callers are asked at once. */
const AT_ONCE = 6;

/**
 * What is wrong with the answers to these callers, each by the caller's name. A change is asked for by one after the
 * other, as each stands beside what the others have made.
 */
export async function breachesOf<C extends { readonly name: string }>(
  callers: readonly C[],
  breach: (caller: C) => Promise<string | null>,
  atOnce = AT_ONCE,
): Promise<string[]> {
  const waiting = [...callers];
  const breaches: string[] = [];
  const ask = async (): Promise<void> => {
    for (let caller = waiting.shift(); caller; caller = waiting.shift()) {
      const found = await breach(caller);
      if (found !== null) breaches.push(`${caller.name}: ${found}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  return breaches;
}

/** Null when `holds`, else `what`. */
export const unless = (holds: boolean, what: string): string | null => (holds ? null : what);
