import type { OpenAPIObject } from '@nestjs/swagger';
import { X_CONDITIONAL, X_TAGGED } from '../conditions/conditional.js';
import { addRefusals, type OperationPart } from './added-refusals.js';

const TAG = '"0aH3nzs3rTq6PEvF2bDyHk1Wc9s"';
const ETAG = {
  description: 'The state of the resource: another one when what the GET shows of it is another',
  schema: { type: 'string', example: TAG },
};
/** Without an example: the Swagger UI would send it. */
const header = (name: string, description: string) => ({
  ...{ name, in: 'header', required: false, description },
  schema: { type: 'string' },
});
export const IF_NONE_MATCH = header('If-None-Match', 'Tags that the caller has already, each in its quotes, or `*`.');
export const IF_MATCH = header(
  'If-Match',
  'Tags of the resource, each in its quotes, or `*`: refused with 412 when it is in another state.',
);

interface Marked extends OperationPart {
  [X_TAGGED]?: boolean;
  [X_CONDITIONAL]?: boolean;
}

/** `document`, with what routes say of tags and conditions in its own words: headers, 304 and 412 (contract, section 8). */
export function withConditions(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths))
    for (const [method, operation] of Object.entries(path) as [string, Marked][]) {
      const { [X_TAGGED]: isTagged, [X_CONDITIONAL]: isConditional } = operation;
      delete operation[X_TAGGED];
      delete operation[X_CONDITIONAL];
      if (isTagged) bearTag(operation);
      if (isTagged && method === 'get') takeConditions(operation, [IF_NONE_MATCH, IF_MATCH]);
      if (isTagged && method === 'get')
        operation.responses['304'] = { description: 'The caller has it already', headers: { ETag: ETAG } };
      if (isConditional) takeConditions(operation, [IF_MATCH]);
    }
  return document;
}

function bearTag({ responses }: OperationPart): void {
  for (const [status, answer] of Object.entries(responses))
    if (status.startsWith('2')) answer.headers = { ...answer.headers, ETag: ETAG };
}

function takeConditions(operation: OperationPart, headers: readonly object[]): void {
  operation.parameters = [...(operation.parameters ?? []), ...headers];
  addRefusals(operation, ['precondition_failed']);
}
