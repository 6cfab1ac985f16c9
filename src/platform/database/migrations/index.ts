import { M0001Vault } from './m0001-vault.js';

/** In the order in which they run. A migration that has landed never changes. */
export const migrations = [{ name: 'm0001-vault', class: M0001Vault }];
