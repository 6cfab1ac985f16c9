/**
 * Suites that start, kill, starve and wait for servers of their own for half a minute and more: with `TESTS=all` alone
 * (decision 39).
 */
const LONG = [
  ...['contract/files-v1/random-firm', 'contract/portal/time-zones', 'crash/leftovers', 'crash/sync', 'faults/'],
  ...['mail/sending', 'memory/', 'ports/client-tree-scale'],
  ...[
    'running/accounts',
    'running/backup',
    'running/configuration',
    'running/database-outage',
    'running/graceful-stop',
  ],
  ...[
    'running/mail',
    'running/notification-mails',
    'running/read-replica',
    'running/s3-storage',
    'running/stop-during-boot',
  ],
  'running/two-instances',
]
  .map((suite) => `<rootDir>/test/${suite}`)
  .concat('<rootDir>/src/platform/database/embedded/embedded-database');

/** ESM and @swc/jest; run with NODE_OPTIONS=--experimental-vm-modules (see the `test` script). */
export default {
  testEnvironment: 'node',
  testTimeout: 60_000,
  maxWorkers: 3, // of two cores: some suites wait more than they work
  rootDir: '.',
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  testRegex: '\\.spec\\.ts$',
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...(process.env.TESTS === 'all' ? [] : LONG)],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json'],
  moduleNameMapper: {
    '^@portico/domain/(.*)$': '<rootDir>/libs/domain/src/$1/index.ts',
    '^@portico/testing$': '<rootDir>/libs/testing/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};
