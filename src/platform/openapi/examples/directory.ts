import type { ProblemExample } from './problem-example.js';

/** What the routes about entities and groups refuse. */
export const DIRECTORY: Readonly<Record<string, ProblemExample>> = {};
