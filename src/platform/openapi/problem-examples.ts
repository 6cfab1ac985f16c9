import { DIRECTORY } from './examples/directory.js';
import { FILES } from './examples/files.js';
import { PEOPLE } from './examples/people.js';
import type { ProblemExample } from './examples/problem-example.js';
import { PUBLISHING } from './examples/publishing.js';
import { REQUESTS } from './examples/requests.js';
import { UPLOADS } from './examples/uploads.js';

/** One example for each code that the APIs answer. */
export const PROBLEM_EXAMPLES: Readonly<Record<string, ProblemExample>> = {
  ...REQUESTS,
  ...FILES,
  ...UPLOADS,
  ...DIRECTORY,
  ...PEOPLE,
  ...PUBLISHING,
};
