import fc from 'fast-check';
import { type MatrixRequest } from '../../access/matrix-request.js';
import type { Operation } from '../../support/openapi-document.js';
import { nastyBody, nastyHeader, nastyJson, nastyNumber, nastyText } from './nasty-values.js';

interface MemberChange {
  /** Which of the members, counted around. */
  readonly at: number;
  readonly how: 'set' | 'remove' | 'add';
  readonly name: string;
  /** Takes the place of a text, of a number, or of anything. */
  readonly json: Readonly<Record<'text' | 'number' | 'anything', string>>;
  /** Whether the other value is of the same type where that is text or a number. */
  readonly isAlike: boolean;
}

type BodyPlan =
  | { readonly kind: 'as it is' }
  | { readonly kind: 'members'; readonly changes: readonly MemberChange[] }
  | { readonly kind: 'other'; readonly text: string }
  | { readonly kind: 'bytes'; readonly at: number; readonly bytes: Uint8Array; readonly isCut: boolean };

/** In what a request is another than the good one. */
export interface RequestPlan {
  /** Which of the callers, counted around. */
  readonly caller: number;
  /** By its place in the path; null leaves the good one. */
  readonly path: readonly (string | null)[];
  /** Of which declared parameter, counted around; null takes its example. */
  readonly query: readonly (readonly [at: number, value: string | null])[];
  readonly strangers: readonly (readonly [name: string, value: string])[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: BodyPlan;
}

const often = <T>(usual: T, other: fc.Arbitrary<T>, weight = 3): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

/** Plans; `foreign` are ids of another firm, which stand where ids do. */
export function requestPlans(foreign: readonly string[]): fc.Arbitrary<RequestPlan> {
  const id = fc.constantFrom(...foreign);
  const text = fc.oneof({ weight: 4, arbitrary: nastyText() }, { weight: 1, arbitrary: id });
  const json = fc.oneof(
    { weight: 6, arbitrary: nastyJson() },
    { weight: 1, arbitrary: id.map((one) => JSON.stringify(one)) },
  );
  const change = fc.record({
    at: fc.nat(1000),
    how: fc.constantFrom<MemberChange['how'][]>('set', 'set', 'set', 'set', 'remove', 'add'),
    name: text,
    json: fc.record({ text: text.map((one) => JSON.stringify(one)), number: nastyNumber(), anything: json }),
    isAlike: often(true, fc.constant(false), 2),
  });
  const members = fc
    .array(change, { minLength: 1, maxLength: 2 })
    .map((changes): BodyPlan => ({ kind: 'members', changes }));
  const other = nastyBody().map((body): BodyPlan => ({ kind: 'other', text: body }));
  const bytes = fc
    .record({ at: fc.nat(2000), bytes: fc.uint8Array({ maxLength: 6 }), isCut: fc.boolean() })
    .map((plan): BodyPlan => ({ kind: 'bytes', ...plan }));
  return fc.record({
    caller: fc.nat(1000),
    path: fc.array(often<string | null>(null, text), { minLength: 4, maxLength: 4 }),
    query: fc.array(fc.tuple(fc.nat(1000), often<string | null>(null, text, 1)), { maxLength: 3 }),
    strangers: often<RequestPlan['strangers']>([], fc.array(fc.tuple(text, text), { maxLength: 2 }), 8),
    headers: often<RequestPlan['headers']>([], fc.array(nastyHeader(), { maxLength: 2 })),
    body: fc.oneof(
      { weight: 2, arbitrary: fc.constant<BodyPlan>({ kind: 'as it is' }) },
      { weight: 6, arbitrary: members },
      { weight: 1, arbitrary: other },
      { weight: 1, arbitrary: bytes },
    ),
  });
}

const NOTHING_ELSE: RequestPlan = {
  ...{ caller: 0, path: [], query: [], strangers: [], headers: [] },
  body: { kind: 'as it is' },
};

/** One plan for each place in the path, each parameter and each member of a JSON body, which is `text` there. */
export function plansWith(text: string, good: MatrixRequest, { declared, path }: Operation): RequestPlan[] {
  const steps = path.split('/').filter((step) => step.startsWith('{'));
  const parameters = (declared.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const isJson = good.headers['Content-Type']?.includes('json') ?? false;
  const members = isJson && good.body ? placesIn({ it: JSON.parse(good.body.toString()) as unknown }, false) : [];
  const json = JSON.stringify(text);
  const change = { how: 'set', name: '', isAlike: false, json: { text: json, number: json, anything: json } } as const;
  return [
    ...steps.map((_, at) => ({ ...NOTHING_ELSE, path: [...Array<null>(at).fill(null), text] })),
    ...parameters.map((_, at) => ({ ...NOTHING_ELSE, query: [[at, text]] as const })),
    ...members.map((_, at) => ({
      ...NOTHING_ELSE,
      body: { kind: 'members', changes: [{ ...change, at }] } as const,
    })),
  ];
}

/** `good` with what `plan` changes of it. */
export function changed(good: MatrixRequest, { declared, path }: Operation, plan: RequestPlan): MatrixRequest {
  const type = good.headers['Content-Type'];
  return {
    method: good.method,
    path: `${changedPath(good, path, plan)}${queryOf(good, declared.parameters ?? [], plan)}`,
    headers: { ...good.headers, ...Object.fromEntries(plan.headers) },
    ...(good.body && { body: changedBody(good.body, type ?? '', plan.body) }),
  };
}

function changedPath(good: MatrixRequest, template: string, { path }: RequestPlan): string {
  const steps = (good.path.split('?', 1)[0] ?? '').split('/');
  const names = template.split('/');
  const shift = steps.length - names.length; // what the address of the server adds
  const places = names.flatMap((step, at) => (step.startsWith('{') ? [at + shift] : []));
  places.forEach((place, at) => {
    const other = path[at];
    if (other != null && other !== '') steps[place] = encoded(other);
  });
  return steps.join('/');
}

function queryOf(
  good: MatrixRequest,
  parameters: NonNullable<Operation['declared']['parameters']>,
  { query, strangers }: RequestPlan,
): string {
  const known = parameters.filter((parameter) => parameter.in === 'query');
  const [, needed] = good.path.split('?', 2);
  const asked = query.flatMap(([at, value]) => {
    const parameter = known[at % (known.length || 1)];
    if (!parameter) return [];
    const [some] = parameter.schema?.enum ?? [];
    const example = value ?? parameter.example ?? parameter.schema?.example ?? some ?? '1';
    return [`${parameter.name}=${encoded(typeof example === 'string' ? example : JSON.stringify(example))}`];
  });
  const others = strangers.map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  const all = [...(needed === undefined ? [] : [needed]), ...asked, ...others];
  return all.length === 0 ? '' : `?${all.join('&')}`;
}

/** As a client would that does not care for halves of characters: they go as they are in UTF-8 of old. */
function encoded(text: string): string {
  return [...text]
    .map((character) => (/^[\ud800-\udfff]$/.test(character) ? '%ED%A0%80' : encodeURIComponent(character)))
    .join('');
}

function changedBody(body: Buffer, type: string, plan: BodyPlan): Buffer {
  switch (plan.kind) {
    case 'as it is':
      return body;
    case 'other':
      return Buffer.from(plan.text);
    case 'bytes': {
      const at = plan.at % (body.length + 1);
      return Buffer.concat([body.subarray(0, at), plan.bytes, plan.isCut ? Buffer.alloc(0) : body.subarray(at)]);
    }
    case 'members':
      return type.startsWith('multipart/') ? changedParts(body, plan.changes) : changedMembers(body, plan.changes);
  }
}

const PLACES = ['matrix.txt', 'name="file"', 'text/plain', 'bytes'];

function changedParts(body: Buffer, changes: readonly MemberChange[]): Buffer {
  const text = changes.reduce((whole, { at, name, json }) => {
    const texts = [...PLACES, ...[...whole.matchAll(/\r\n\r\n([^\r]+)\r\n/g)].map(([, part]) => part ?? '')];
    return whole.replace(texts[at % texts.length] ?? '', () => (at % 2 ? name : json.anything));
  }, body.toString());
  return Buffer.from(text);
}

/** What stands for a piece of JSON until the whole is written. */
const mark = (at: number): string => `\u0007${at}\u0007`;

function changedMembers(body: Buffer, changes: readonly MemberChange[]): Buffer {
  const root = { it: JSON.parse(body.toString()) as unknown };
  const texts = changes.map(({ at, how, json, isAlike }, order) => {
    const places = placesIn(root, how === 'add');
    const place = places[at % (places.length || 1)];
    if (!place) return json.anything;
    const kind = typeof place.holder[place.name];
    if (how === 'remove') delete place.holder[place.name];
    else if (how === 'add' && Array.isArray(place.holder)) place.holder.push(mark(order));
    else place.holder[how === 'add' ? `name${mark(order)}` : place.name] = mark(order);
    if (!isAlike || how !== 'set') return json.anything;
    return kind === 'string' ? json.text : kind === 'number' ? json.number : json.anything;
  });
  const written = changes.reduce(
    (text, { name }, order) =>
      text
        .replace(JSON.stringify(`name${mark(order)}`), () => JSON.stringify(name))
        .replace(JSON.stringify(mark(order)), () => texts[order] ?? 'null'),
    JSON.stringify(root.it) ?? 'null',
  );
  return Buffer.from(written);
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly name: string;
}

/** Every member below `root`; for what is added those that hold members themselves count alone. */
function placesIn(root: object, holdersOnly: boolean): Place[] {
  const holder = root as Record<string, unknown>;
  return Object.entries(root).flatMap(([name, value]) => {
    const below = typeof value === 'object' && value !== null ? placesIn(value, holdersOnly) : [];
    return holdersOnly && typeof value !== 'object' ? below : [{ holder, name }, ...below];
  });
}
