import { resourceNamed } from '../catalogue/index.js';
import type { Field } from '../declaration/field.js';
import { columnOf, hasClient, type Resource } from '../declaration/resource.js';
import { MOST_CHILDREN } from '../declaration/limits.js';
import { ownerColumn } from './visibility.sql.js';

const instant = (sql: string) => `to_char(${sql} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/**
 * The columns of the JSON object that answers show of the row `t`. The object is made where the values are: amounts of
 * money keep their two decimals, and no number passes through a double. `$today` stands for the day on which is asked.
 */
export function rowColumns(resource: Resource): string {
  const { fields, derived } = resource;
  const members = [
    ['id', 't.id'],
    ['externalId', 't.external_id'],
    ...(hasClient(resource) && !Object.hasOwn(fields, 'clientId') ? [['clientId', 't.client_id']] : []),
    ...Object.entries(fields).map(([name, field]) => [name, shown(name, field)]),
    ...Object.entries(derived).map(([name, { kind, sql }]) => [name, kind === 'instant' ? instant(sql) : sql]),
    ['createdAt', instant('t.created_at')],
    ['updatedAt', instant('t.updated_at')],
  ];
  return members.map(([name, sql]) => `${sql} as "${name}"`).join(', ');
}

/** The same with its children, and theirs: for a single one. */
export function treeColumns(resource: Resource, level = 0): string {
  const lists = Object.entries(resource.children).map(([name, of]) => {
    const child = resourceNamed(of);
    return `(select coalesce(json_agg(row_to_json(c)), '[]') from (
      select ${treeColumns(child, level + 1)} from ${child.table} t${above(child, level + 1)}
      where t.${ownerColumn(child)} = above${level}.id order by ${child.order ?? 't.id'} limit ${MOST_CHILDREN}) c) as "${name}"`;
  });
  return [rowColumns(resource), ...lists].join(', ');
}

/** Gives the id of a row \`t\` a name under which its children, which are \`t\` too, find it. */
export const above = (resource: Resource, level = 0): string =>
  Object.keys(resource.children).length === 0 ? '' : ` cross join lateral (select t.id) above${level}`;

function shown(name: string, field: Field): string {
  if (field.shown !== undefined) return field.shown;
  const column = `t.${columnOf(name, field)}`;
  if (field.kind === 'instant') return instant(column);
  if (field.kind === 'timeOfDay') return `left(${column}::text, 5)`;
  return field.kind === 'decimal' && field.scale > 2 ? `trim_scale(${column})` : column;
}
