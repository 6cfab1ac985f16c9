/**
 * `TESTS=all`: every suite, and each with all that it can do (decision 39). Without it `npm test` leaves the longest suites
 * out and takes a part of some others, so that it ends within ten minutes.
 */
export const isThorough = process.env['TESTS'] === 'all';
