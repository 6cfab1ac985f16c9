/** Of what type the resources of a relationship with this name are; undefined when the name is none of a relationship. */
export function linkedType(name: string): 'entities' | 'groups' | undefined {
  if (name === 'members' || /^(?:associated|permissioned)_entities$|^entity_affiliations$/.test(name)) return 'entities';
  return /^(?:associated|permissioned)_groups$|^group_affiliations$/.test(name) ? 'groups' : undefined;
}

/** Where an example links resources of another type than the name of the relationship says. */
export function linkageFaults(example: unknown, at = ''): string[] {
  if (typeof example !== 'object' || example === null) return [];
  return Object.entries(example).flatMap(([name, member]: [string, unknown]) => {
    const type = linkedType(name);
    const here = type === undefined ? [] : typeFaults(dataOf(member), type, `${at}/${name}`);
    return [...here, ...linkageFaults(member, `${at}/${name}`)];
  });
}

/** The same for the body of a relationship's own route, whose name is the end of its path. */
export function bodyLinkageFaults(path: string, example: unknown): string[] {
  const [, name = ''] = /\/relationships\/(\w+)$/.exec(path) ?? [];
  const type = linkedType(name);
  return type === undefined ? linkageFaults(example) : typeFaults(dataOf(example), type, name);
}

function dataOf(relationship: unknown): readonly unknown[] {
  if (typeof relationship !== 'object' || relationship === null || !('data' in relationship)) return [];
  return Array.isArray(relationship.data) ? relationship.data : [];
}

function typeFaults(linked: readonly unknown[], type: string, at: string): string[] {
  return linked
    .filter((one) => typeof one !== 'object' || one === null || !('type' in one) || one.type !== type)
    .map((one) => `${at}: ${JSON.stringify(one)} is not one of ${type}`);
}
