import type { Author } from '../kernel/index.js';
import type { Client } from './client.js';
import type { RenamedClient } from './client-repository.js';

/** The folders that clients have of their own; used inside a unit of work. */
export abstract class ClientFolders {
  /**
   * Gives each of `clients`, which are new, a root folder of its own in the firm's tree that is associated with its
   * entity, and in it a copy of the firm's default tree. What an operator makes counts as made by the firm's first
   * administrator. Any number of clients of one firm are a constant number of statements.
   */
  abstract addFor(author: Author, clients: readonly Client[]): Promise<void>;

  /**
   * Root folders that are still called as their client was get its new name, and the history is told of each; those
   * that are archived stay as they are. Any number of clients of one firm are a constant number of statements.
   */
  abstract rename(author: Author, renamed: readonly RenamedClient[], now: Date): Promise<void>;
}

/** What the root folder of a client with that name is called: a folder's name holds no slashes. */
export function rootFolderName(clientName: string): string {
  const name = clientName.replace(/[/\\\uFFFD]/g, '-');
  return name === '.' || name === '..' ? '-' : name;
}
