import { isDeepStrictEqual } from 'node:util';
import type { OpenAPIObject } from '@nestjs/swagger';

type Members = Record<string, object>;
interface Operation {
  responses?: Members;
}
interface Refusal {
  readonly content?: Readonly<Record<string, { readonly examples?: Members }>>;
}

/**
 * `document` with each of its refusals once: operations refer to `components/responses`, which are named after the codes
 * that they tell, and these to `components/examples`, one for each code.
 * @throws Error when two different refusals have one name
 */
export function withSharedRefusals(document: OpenAPIObject): OpenAPIObject {
  const responses = new Shared('responses');
  const examples = new Shared('examples');
  for (const path of Object.values(document.paths))
    for (const operation of Object.values(path as Readonly<Record<string, Operation>>))
      operation.responses &&= mapped(operation.responses, (status, answer) =>
        Number(status) >= 400 ? shared(answer, responses, examples) : answer,
      );
  return { ...document, components: { ...document.components, ...responses.component, ...examples.component } };
}

/** The reference that stands for a refusal; the refusal itself when it tells no codes. */
function shared(refusal: Refusal, responses: Shared, examples: Shared): object {
  const { content = {} } = refusal;
  const codes = Object.values(content).flatMap(({ examples: told = {} }) => Object.keys(told));
  if (codes.length === 0) return refusal;
  const slim = mapped(content, (_type, media) => ({
    ...media,
    ...(media.examples && { examples: mapped(media.examples, (code, example) => examples.reference(code, example)) }),
  }));
  return responses.reference([...new Set(codes)].join('.'), { ...refusal, content: slim });
}

function mapped<T extends object>(members: Readonly<Record<string, T>>, to: (name: string, member: T) => object): Members {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, to(name, member)]));
}

/** Components of one kind. */
class Shared {
  private readonly members = new Map<string, object>();

  constructor(private readonly kind: 'responses' | 'examples') {}

  /** @throws Error when the name is that of something else */
  reference(name: string, member: object): { $ref: string } {
    const known = this.members.get(name) ?? member;
    if (!isDeepStrictEqual(known, member)) throw new Error(`two ${this.kind} are called ${name}`);
    this.members.set(name, known);
    return { $ref: `#/components/${this.kind}/${name}` };
  }

  /** In the order of their names: what is new moves nothing else. */
  get component(): Readonly<Record<string, Members>> {
    if (this.members.size === 0) return {};
    const inOrder = [...this.members].sort(([one], [other]) => (one < other ? -1 : 1));
    return { [this.kind]: Object.fromEntries(inOrder) };
  }
}
