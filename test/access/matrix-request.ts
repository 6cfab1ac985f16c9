import { filePart, multipart, type Part } from '../support/multipart.js';
import { exampleOf, type OpenApiDocument, type Operation, resolved } from '../support/openapi-document.js';

export interface MatrixRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** A valid request to any operation about the file `id`, out of nothing but the document. */
export function requestTo(operation: Operation, document: OpenApiDocument, id: string): MatrixRequest {
  const { method, declared } = operation;
  const parameters = declared.parameters ?? [];
  const valueOf = (name: string): string => {
    const parameter = parameters.find((one) => one.name === name);
    const example = parameter?.example ?? parameter?.schema?.example ?? '1';
    return name === 'id' ? id : typeof example === 'string' ? example : JSON.stringify(example);
  };
  const path = operation.path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(valueOf(name)));
  const required = parameters.filter((parameter) => parameter.required);
  const query = required
    .filter((parameter) => parameter.in === 'query')
    .map(({ name }) => `${name}=${encodeURIComponent(valueOf(name))}`);
  const headers = Object.fromEntries(
    required.filter((parameter) => parameter.in === 'header').map(({ name }) => [name, valueOf(name)]),
  );
  const body = bodyOf(operation, document, id);
  const prefix = document.servers?.[0]?.url ?? '';
  return {
    method,
    path: `${prefix}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    headers: { ...headers, ...(body && { 'Content-Type': body.type }) },
    body: body?.body,
  };
}

function bodyOf(
  { declared }: Operation,
  document: OpenApiDocument,
  id: string,
): { type: string; body: Buffer } | undefined {
  const [[type, media] = []] = Object.entries(declared.requestBody?.content ?? {});
  if (type === undefined || media === undefined) return undefined;
  if (type === 'multipart/form-data') {
    const { properties = {}, required = [] } = resolved(document, media.schema ?? {});
    const parts = Object.entries(properties).flatMap(([name, schema]): Part[] => {
      if (schema.format === 'binary') return [{ ...filePart('matrix.txt'), name }];
      return required.includes(name) ? [{ name, content: JSON.stringify(exampleOf(document, { schema })) }] : [];
    });
    return multipart(parts);
  }
  const value = exampleOf(document, media) as { data?: { id?: unknown } };
  if (value.data?.id !== undefined) value.data = { ...value.data, id };
  return { type, body: Buffer.from(JSON.stringify(value)) };
}
