import type { ProblemExample } from './problem-example.js';

/** What the routes about contacts and users refuse. */
export const PEOPLE: Readonly<Record<string, ProblemExample>> = {};
