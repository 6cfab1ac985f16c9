import { isDeepStrictEqual } from 'node:util';
import type { OpenAPIObject } from '@nestjs/swagger';

type Members<T extends object = object> = Readonly<Record<string, T>>;
interface Bodies {
  readonly content?: Members<{ readonly examples?: Members }>;
}
interface Operation {
  parameters?: readonly { readonly in: string; readonly name: string }[];
  requestBody?: Bodies;
  responses?: Members<Bodies>;
}

/**
 * `document` with what several operations say alike told once, in `components`, and referred to: parameters, refusals
 * (which are named after the codes that they tell), and examples. What is said once, or not alike everywhere, stays.
 */
export function withSharedParts(document: OpenAPIObject): OpenAPIObject {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path as Members<Operation>));
  const shared = {
    ...share('examples', operations, throughExamples),
    ...share('responses', operations, throughRefusals),
    ...share('parameters', operations, throughParameters),
  };
  return { ...document, components: { ...document.components, ...shared } };
}

/** What becomes of a part that is called `name`. */
type Replace = <T extends object>(name: string, part: T) => T;

function throughExamples(operation: Operation, replace: Replace): void {
  const within = <T extends Bodies>(bodies: T): T => {
    if (!bodies.content) return bodies;
    const content = mapped(bodies.content, (_type, media) =>
      media.examples ? { ...media, examples: mapped(media.examples, replace) } : media,
    );
    return { ...bodies, content };
  };
  operation.requestBody &&= within(operation.requestBody);
  operation.responses &&= mapped(operation.responses, (_status, answer) => within(answer));
}

function throughRefusals(operation: Operation, replace: Replace): void {
  operation.responses &&= mapped(operation.responses, (status, answer) => {
    const codes = Object.values(answer.content ?? {}).flatMap(({ examples = {} }) => Object.keys(examples));
    return Number(status) < 400 || codes.length === 0 ? answer : replace([...new Set(codes)].join('.'), answer);
  });
}

function throughParameters(operation: Operation, replace: Replace): void {
  operation.parameters &&= operation.parameters.map((parameter) =>
    replace(`${parameter.in}.${parameter.name}`, parameter),
  );
}

/** Puts references where `through` leads; answers what they lead to, in the order of the names. */
function share(
  kind: 'examples' | 'responses' | 'parameters',
  operations: readonly Operation[],
  through: (operation: Operation, replace: Replace) => void,
): Readonly<Record<string, Members>> {
  const parts = new Map<string, { part: object; count: number; isAlike: boolean }>();
  const count: Replace = (called, part) => {
    const name = componentName(called);
    const known = parts.get(name) ?? { part, count: 0, isAlike: true };
    parts.set(name, {
      ...known,
      count: known.count + 1,
      isAlike: known.isAlike && isDeepStrictEqual(known.part, part),
    });
    return part;
  };
  const isShared = (name: string): boolean => {
    const { count: times = 0, isAlike = false } = parts.get(name) ?? {};
    return times > 1 && isAlike;
  };
  for (const operation of operations) through(operation, count);
  for (const operation of operations)
    through(operation, <T extends object>(called: string, part: T) => {
      const name = componentName(called);
      return isShared(name) ? ({ $ref: `#/components/${kind}/${name}` } as unknown as T) : part;
    });
  const names = [...parts.keys()].filter(isShared).sort();
  if (names.length === 0) return {};
  return { [kind]: Object.fromEntries(names.map((name) => [name, parts.get(name)?.part ?? {}])) };
}

/** Components are called by letters, digits and few signs (OpenAPI 3.0, "Components Object"). */
const componentName = (called: string): string => called.replace(/[^\w.]+/g, '-').replace(/-$/, '');

function mapped<T extends object>(members: Members<T>, to: (name: string, member: T) => T): Members<T> {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, to(name, member)]));
}
