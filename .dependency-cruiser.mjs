/**
 * Who may import whom, as docs and `test/architecture` know it. A context may use those that stand before it; what
 * many use cases need (the history) stands low. Order is data: to move a context is to move its name.
 */
export const contexts = [
  'kernel',
  'history',
  'proof',
  'identity',
  'directory',
  'folders',
  'files',
  'uploads',
  'archive',
  'associations',
  'client-files',
  'notifications',
  'onboarding',
  'publishing',
  'connections',
  'portal',
];

const highest = contexts.at(-1);

/** The folders of `src` that are modules, each with the highest context it may use. */
export const modules = {
  health: 'kernel',
  history: 'history',
  proof: 'proof',
  identity: 'identity',
  directory: 'directory',
  folders: 'folders',
  files: 'files',
  uploads: 'uploads',
  archive: 'archive',
  associations: 'associations',
  notifications: 'notifications',
  onboarding: 'onboarding',
  publishing: 'publishing',
  connections: 'connections',
  'client-files': 'client-files',
  'back-office': highest,
  portal: highest,
};

const anyOf = (names) => `(?:${names.join('|')})`;
const above = (context) => contexts.slice(contexts.indexOf(context) + 1);
const error = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

const spec = '\\.spec\\.ts$';
const domain = '^libs/domain/src/';
const production = { path: '^(?:src|libs/(?!testing/))', pathNot: spec };
const domainCode = { path: domain, pathNot: spec };
const moduleCode = { path: `^src/(${Object.keys(modules).join('|')})/`, pathNot: spec };
const streamModule = '^(?:node:)?stream$';
const mikroOrmAdapters = [
  '^src/.+(?:\\.mapping|-queries|\\.module)\\.ts$',
  '^src/.+/mikro-orm-[^/]+\\.ts$',
  '^src/platform/database/',
  '^src/mikro-orm\\.config\\.ts$',
];

const domainRules = [
  error(
    'domain-kernel-imports-nothing',
    'The kernel stands alone.',
    { path: `${domain}kernel/`, pathNot: spec },
    {
      path: '^(?:src|libs|test|bench)/',
      pathNot: `${domain}kernel/`,
    },
  ),
  error(
    'domain-context-only-through-index',
    "Another context is used through its index.ts; references to it are ids, and all id types are the kernel's.",
    { path: `${domain}([^/]+)/`, pathNot: spec },
    { path: domain, pathNot: [`${domain}$1/`, `${domain}[^/]+/index\\.ts$`] },
  ),
  ...contexts
    .filter((context) => context !== 'kernel' && above(context).length > 0)
    .map((context) =>
      error(
        `domain-contexts-only-downwards/${context}`,
        `${context} may use the contexts that stand before it in this file's list, never those after it.`,
        { path: `${domain}${context}/`, pathNot: spec },
        { path: `${domain}${anyOf(above(context))}/` },
      ),
    ),
  error(
    'domain-context-is-listed',
    "A context has its place in this file's list, or nothing guards it.",
    {},
    { path: domain, pathNot: `${domain}${anyOf(contexts)}/` },
  ),
  error('domain-is-pure', 'The domain is TypeScript and nothing else: no packages, no Node, no Nest.', domainCode, {
    pathNot: [domain, streamModule],
  }),
  error('domain-knows-streams-only-as-types', 'A port may name the stream type and nothing more.', domainCode, {
    path: streamModule,
    dependencyTypesNot: ['type-only'],
  }),
];

const sourceRules = [
  error(
    'src-uses-domain-only-through-index',
    'A context is used through its index.ts (`@portico/domain/<context>`).',
    { path: '^src/', pathNot: spec },
    { path: '^libs/domain/', pathNot: `${domain}[^/]+/index\\.ts$` },
  ),
  error(
    'platform-knows-no-module',
    'The platform is what every module stands on: it knows the kernel and npm packages.',
    { path: '^src/platform/', pathNot: spec },
    { path: '^(?:src|libs)/', pathNot: ['^src/platform/', `${domain}kernel/`] },
  ),
  error(
    'module-uses-another-only-by-its-module-file',
    'A module reaches the platform, and another module only by its *.module.ts.',
    moduleCode,
    { path: '^src/', pathNot: ['^src/$1/', '^src/platform/', '^src/.+/.+\\.module\\.ts$'] },
  ),
  ...Object.entries(modules)
    .filter(([, context]) => above(context).length > 0)
    .map(([name, context]) =>
      error(
        `module-uses-only-contexts-below/${name}`,
        `src/${name} may use the domain up to the context ${context}.`,
        { path: `^src/${name}/`, pathNot: spec },
        { path: `${domain}${anyOf(above(context))}/` },
      ),
    ),
  error(
    'module-is-listed',
    "A module has its place in this file's list, or nothing guards it.",
    {},
    { path: '^src/[^/]+/', pathNot: `^src/${anyOf([...Object.keys(modules), 'platform', 'cli'])}/` },
  ),
  error(
    'mikro-orm-only-in-adapters',
    'Only mappings, repositories, queries, modules and the database platform know MikroORM.',
    { path: '^(?:src|libs)/', pathNot: [spec, '^libs/testing/', ...mikroOrmAdapters] },
    { path: '(?:^|/)node_modules/(?:@mikro-orm|kysely)(?:/|$)|^(?:@mikro-orm/|kysely$)' },
  ),
];

const hygieneRules = [
  error('no-circular', 'Two files that need each other are one thing, or there is a third.', {}, { circular: true }),
  error(
    'no-orphans',
    'Nobody uses this file and it uses nobody: remove it.',
    { orphan: true, pathNot: '\\.d\\.ts$' },
    {},
  ),
  error('no-dev-package-in-production', 'A production install leaves dev packages out.', production, {
    dependencyTypes: ['npm-dev'],
    dependencyTypesNot: ['type-only'],
    pathNot: '(?:^|/)node_modules/@types/',
  }),
  error(
    'no-undeclared-package',
    'A package that package.json does not name is there by chance.',
    {},
    {
      dependencyTypes: ['npm-no-pkg', 'npm-unknown'],
    },
  ),
  error(
    'not-to-unresolvable',
    'The import leads nowhere.',
    {},
    {
      couldNotResolve: true,
      // Some suites test the build, which need not be there when the imports are checked.
      pathNot: '^(?:\\.\\./)+dist/',
    },
  ),
  error('tests-not-from-production', 'Production code knows no tests and no benchmarks.', production, {
    path: ['\\.spec\\.ts$', '^test/', '^libs/testing/', '^bench/'],
  }),
  error(
    'contract-suites-speak-only-http',
    'A black-box suite never imports the application.',
    { path: '^test/contract/' },
    {
      path: '^(?:\\.\\./)*(?:src|libs|dist)/',
    },
  ),
];

export default {
  forbidden: [...domainRules, ...sourceRules, ...hygieneRules],
  options: {
    doNotFollow: { path: ['node_modules', '^dist/'] },
    moduleSystems: ['es6', 'cjs'],
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
