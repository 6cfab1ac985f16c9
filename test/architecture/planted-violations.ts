/** One file that breaks one rule of `.dependency-cruiser.mjs`. */
export interface Plant {
  readonly rule: string;
  readonly file: string;
  readonly text: string;
}

const importing = (...specifiers: readonly string[]): string =>
  specifiers.map((specifier) => `import '${specifier}';\n`).join('');

/** A tree in which every import is allowed: no rule may fire at any of these files. */
export function innocentTree(contexts: readonly string[]): Record<string, string> {
  const tree: Record<string, string> = {
    'libs/domain/src/unlisted/index.ts': importing('../kernel/index.js'),
    'libs/domain/src/files/stored-file.ts': importing('../folders/index.js', './file.errors.js'),
    'libs/domain/src/files/file.errors.ts': importing('../kernel/index.js'),
    'libs/domain/src/files/blob-port.ts':
      "import type { Readable } from 'node:stream';\nexport type Bytes = Readable;\n",
    'libs/domain/src/files/stored-file.spec.ts': importing('@portico/testing', '../publishing/index.js', 'dev-package'),
    'libs/testing/src/index.ts': importing('@portico/domain/files', 'dev-package'),
    'src/main.ts': importing('./app.module.js', '@portico/domain/portal'),
    'src/app.module.ts': importing('./files/files.module.js', './platform/access/guard.js', './mikro-orm.config.js'),
    'src/mikro-orm.config.ts': importing('@mikro-orm/core', './files/file.mapping.js'),
    'src/cli/portico.ts': importing('../files/files.module.js', '@portico/domain/portal'),
    'src/platform/access/guard.ts': importing('@portico/domain/kernel', 'some-package', 'node:crypto'),
    'src/platform/database/transaction.ts': importing('@mikro-orm/core'),
    'src/folders/folders.module.ts': importing('some-package'),
    'src/files/files.module.ts': importing(
      '@mikro-orm/core',
      '../folders/folders.module.js',
      '@portico/domain/folders',
    ),
    'src/files/file.mapping.ts': importing('@mikro-orm/core', '@portico/domain/files'),
    'src/files/mikro-orm-file-repository.ts': importing('@mikro-orm/core', '../platform/database/transaction.js'),
    'src/files/sql-file-queries.ts': importing('@mikro-orm/core'),
    'src/files/files.controller.ts': "import type { Shape } from 'dev-package';\nexport type Answer = Shape;\n",
    // A ring is reported once, at its first file; the other half of the planted one stands here.
    'src/files/ring-two.ts': importing('./ring-one.js'),
    'src/unlisted/part.ts': importing('some-package'),
    'test/contract/files.spec.ts': importing('../support/server.js', 'dev-package'),
    'test/support/server.ts': importing('../../src/main.js', '../../dist/src/main.js'),
    'bench/run.ts': importing('../src/main.js'),
  };
  for (const context of contexts) {
    tree[`libs/domain/src/${context}/index.ts`] = context === 'kernel' ? '' : importing('../kernel/index.js');
  }
  return tree;
}

const domainPlants: readonly Plant[] = [
  {
    rule: 'domain-kernel-imports-nothing',
    file: 'libs/domain/src/kernel/curious.ts',
    text: importing('../history/index.js'),
  },
  {
    rule: 'domain-context-only-through-index',
    file: 'libs/domain/src/archive/burglar.ts',
    text: importing('../files/file.errors.js'),
  },
  {
    rule: 'domain-context-is-listed',
    file: 'libs/domain/src/portal/guest.ts',
    text: importing('../unlisted/index.js'),
  },
  { rule: 'domain-is-pure', file: 'libs/domain/src/files/framed.ts', text: importing('some-package') },
  { rule: 'domain-is-pure', file: 'libs/domain/src/files/reader.ts', text: importing('node:fs') },
  { rule: 'domain-is-pure', file: 'libs/domain/src/files/upwards.ts', text: importing('../../../../src/main.js') },
  {
    rule: 'domain-knows-streams-only-as-types',
    file: 'libs/domain/src/files/piper.ts',
    text: "import { Readable } from 'node:stream';\nexport const empty = Readable.from([]);\n",
  },
];

const sourcePlants: readonly Plant[] = [
  {
    rule: 'src-uses-domain-only-through-index',
    file: 'src/files/shortcut.ts',
    text: importing('../../libs/domain/src/files/file.errors.js'),
  },
  {
    rule: 'platform-knows-no-module',
    file: 'src/platform/http/nosy.ts',
    text: importing('../../files/files.module.js'),
  },
  { rule: 'platform-knows-no-module', file: 'src/platform/http/learned.ts', text: importing('@portico/domain/files') },
  {
    rule: 'module-uses-another-only-by-its-module-file',
    file: 'src/archive/neighbour.ts',
    text: importing('../files/files.controller.js'),
  },
  {
    rule: 'module-uses-another-only-by-its-module-file',
    file: 'src/archive/climber.ts',
    text: importing('../app.module.js'),
  },
  { rule: 'module-is-listed', file: 'src/app-stranger.ts', text: importing('./unlisted/part.js') },
  { rule: 'mikro-orm-only-in-adapters', file: 'src/files/eager.controller.ts', text: importing('@mikro-orm/core') },
  {
    rule: 'mikro-orm-only-in-adapters',
    file: 'src/files/typed.controller.ts',
    text: "import type { Kysely } from 'kysely';\nexport type Db = Kysely;\n",
  },
];

const hygienePlants: readonly Plant[] = [
  { rule: 'no-circular', file: 'src/files/ring-one.ts', text: importing('./ring-two.js') },
  { rule: 'no-orphans', file: 'src/files/lonely.ts', text: 'export const alone = true;\n' },
  { rule: 'no-dev-package-in-production', file: 'src/files/tool-user.ts', text: importing('dev-package') },
  { rule: 'no-undeclared-package', file: 'src/files/lucky.ts', text: importing('undeclared-package') },
  { rule: 'not-to-unresolvable', file: 'src/files/lost.ts', text: importing('./nowhere.js') },
  { rule: 'tests-not-from-production', file: 'src/files/faked.ts', text: importing('@portico/testing') },
  {
    rule: 'tests-not-from-production',
    file: 'libs/domain/src/files/copied.ts',
    text: importing('./stored-file.spec.js'),
  },
  { rule: 'tests-not-from-production', file: 'src/files/measured.ts', text: importing('../../bench/run.js') },
  {
    rule: 'contract-suites-speak-only-http',
    file: 'test/contract/insider.spec.ts',
    text: importing('../../src/app.module.js'),
  },
  {
    rule: 'contract-suites-speak-only-http',
    file: 'test/contract/builder.spec.ts',
    text: importing('../../dist/src/main.js'),
  },
];

/** Plants for the rules that the configuration makes from its lists of contexts and modules. */
function plantsFor(rule: string, contexts: readonly string[], modules: Readonly<Record<string, string>>): Plant[] {
  const [family, name] = rule.split('/');
  if (name === undefined) return [];
  if (family === 'domain-contexts-only-downwards') {
    return contexts.slice(contexts.indexOf(name) + 1).map((higher) => ({
      rule,
      file: `libs/domain/src/${name}/looks-up-to-${higher}.ts`,
      text: importing(`../${higher}/index.js`),
    }));
  }
  return contexts.slice(contexts.indexOf(modules[name] ?? '') + 1).map((higher) => ({
    rule,
    file: `src/${name}/looks-up-to-${higher}.ts`,
    text: importing(`@portico/domain/${higher}`),
  }));
}

export function plants(
  rules: readonly string[],
  contexts: readonly string[],
  modules: Readonly<Record<string, string>>,
): Plant[] {
  return [
    ...domainPlants,
    ...sourcePlants,
    ...hygienePlants,
    ...rules.flatMap((rule) => plantsFor(rule, contexts, modules)),
  ];
}
