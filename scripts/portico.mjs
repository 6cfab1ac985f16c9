import { ensureBuilt } from './built.mjs';

ensureBuilt();
await import('../dist/src/cli/main.js');
