import { ensureBuilt } from './built.mjs';

ensureBuilt();
await import('../dist/src/main.js');
