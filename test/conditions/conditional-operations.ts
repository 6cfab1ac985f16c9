import { type Answer, type OpenApiDocument, type Operation, operationsOf } from '../support/openapi-document.js';

const takes = (operation: Operation, header: string): boolean =>
  (operation.declared.parameters ?? []).some((one) => one.in === 'header' && one.name === header);
const bears = (answer: Answer | undefined): boolean => Object.keys(answer?.headers ?? {}).includes('ETag');

/** Whether it answers the bytes of a file, whose tag is their hash. */
export const isDownload = ({ path }: Operation): boolean => path.endsWith('/download');

/** Whether it shows one resource under its tag. */
export const isTaggedRead = (operation: Operation): boolean =>
  operation.method === 'GET' && !isDownload(operation) && bears(operation.declared.responses['200']);

/** Whether its success bears a tag. */
export const bearsTag = ({ declared: { responses } }: Operation): boolean =>
  Object.entries(responses).some(([status, answer]) => status.startsWith('2') && bears(answer));

/** Whether it makes a change depend on the tag. */
export const isConditionalChange = (operation: Operation): boolean =>
  operation.method !== 'GET' && takes(operation, 'If-Match');

/** The read that shows what `change` is about: at its own address, or at the nearest one above. @throws Error without one */
export function readOf(document: OpenApiDocument, change: Operation): Operation {
  const reads = operationsOf(document).filter(isTaggedRead);
  const steps = change.path.split('/');
  for (let length = steps.length; length > 0; length--) {
    const found = reads.find(({ path }) => path === steps.slice(0, length).join('/'));
    if (found) return found;
  }
  throw new Error(`${change.name} depends on a tag that no read shows`);
}
