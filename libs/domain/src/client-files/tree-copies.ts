import type { Author } from '../kernel/index.js';
import type { TreeFolder } from './tree-folder.js';

/**
 * What clients have of the firm's default tree: folders in the tree of files, each of which knows of what it is a copy.
 * Used inside a unit of work that holds both trees. Each change of a copy is told to the history, in the name of
 * `author`, and all of them together are a constant number of statements.
 */
export abstract class TreeCopies {
  /**
   * Puts a copy of `folder`, which is new, with every client that has a copy of its parent: in that copy. Of a folder at
   * the top: into every client's root. What is archived is not there. Answers how many clients got one.
   */
  abstract add(author: Author, folder: TreeFolder): Promise<number>;

  /**
   * Gives the copies of `folder` its new name, but for those that are archived or that the client has given a name of
   * its own. Answers how many were renamed.
   */
  abstract rename(author: Author, folder: TreeFolder): Promise<number>;

  /** Makes the copies of `folder`, and of the folders below it, the clients' own folders. Answers how many. */
  abstract release(author: Author, folder: TreeFolder, now: Date): Promise<number>;
}
