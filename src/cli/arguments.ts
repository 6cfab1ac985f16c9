import { InvalidArgumentError } from 'commander';
import { type ClientId, type FirmId, isId, type Permission, PERMISSIONS } from '@portico/domain/kernel';

/** @throws InvalidArgumentError unless `text` is the id of a firm */
export function firmId(text: string): FirmId {
  return id(text) as FirmId;
}

/** @throws InvalidArgumentError unless `text` is the id of a client */
export function clientId(text: string): ClientId {
  return id(text) as ClientId;
}

/** Ids separated by commas. */
export function ids(text: string): string[] {
  return list(text).map(id);
}

/** Names separated by commas. */
export function list(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Permissions separated by commas. */
export function permissions(text: string): Permission[] {
  return list(text).map((name) => {
    const permission = PERMISSIONS.find((known) => known === name);
    if (!permission)
      throw new InvalidArgumentError(`There is no permission "${name}"; there are ${PERMISSIONS.join(', ')}.`);
    return permission;
  });
}

function id(text: string): string {
  if (!isId(text)) throw new InvalidArgumentError(`"${text}" is not an id.`);
  return text;
}
