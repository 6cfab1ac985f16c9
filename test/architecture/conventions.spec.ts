import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

interface SourceFile {
  readonly path: string;
  readonly text: string;
}
/** Answers one line for each fault it finds. */
type Check = (files: readonly SourceFile[]) => string[];

const folders = ['src', 'libs', 'test', 'bench', 'scripts', 'docs', '.ci'];
const left = new Set(['node_modules', 'dist', 'data']);
const textual = /\.(?:ts|mts|js|mjs|cjs|json|md|yml|yaml|sql|html|sh)$|(?:^|\/)(?:Dockerfile|run|\.[a-z]+ignore)$/;
const code = /\.(?:ts|mts|js|mjs|cjs)$/;

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return left.has(entry.name) ? [] : filesUnder(path);
    return entry.isFile() && textual.test(path) ? [path] : [];
  });
}

function repository(): SourceFile[] {
  const top = readdirSync('.', { withFileTypes: true });
  const paths = [
    ...top.filter((entry) => entry.isFile() && textual.test(entry.name)).map((entry) => entry.name),
    ...top.filter((entry) => entry.isDirectory() && folders.includes(entry.name)).flatMap((e) => filesUnder(e.name)),
  ];
  return paths
    .filter((path) => path !== 'package-lock.json')
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));
}

const kebabCase: Check = (files) =>
  files
    .filter(({ path }) => /^(?:src|libs|test|bench|scripts)\//.test(path))
    .filter(({ path }) => !/^test\/fixtures\/backup-v\d+\//.test(path)) // what a backup names by its instant
    .filter(({ path }) => path.split('/').some((part) => !/^\.?[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(part)))
    .map(({ path }) => path);

const namesThatSayNothing: Check = (files) =>
  files
    .filter(({ path }) => code.test(path))
    .filter(({ path }) => /(?:^|[-./])(?:utils?|helpers?|managers?|misc|commons?)(?:[-./]|$)/.test(path))
    .map(({ path }) => path);

const hashPrivateFields: Check = (files) =>
  files
    .filter(({ path }) => path.startsWith('libs/domain/') && path.endsWith('.ts'))
    .filter(({ text }) => /\bthis\.#[a-z]|^\s*(?:(?:static|readonly|async|get|set|accessor)\s+)*#[a-z]\w*/im.test(text))
    .map(({ path }) => path);

const useCasesWithoutSpec: Check = (files) => {
  const paths = new Set(files.map(({ path }) => path));
  return files
    .filter(({ path }) => path.startsWith('libs/domain/') && path.endsWith('.ts') && !path.endsWith('.spec.ts'))
    .filter(({ text }) => /^export (?:default )?class \w+/m.test(text) && /^\s+(?:async )?execute\s*[(<]/m.test(text))
    .filter(({ path }) => !paths.has(join(dirname(path), `${basename(path, '.ts')}.spec.ts`).replaceAll('\\', '/')))
    .map(({ path }) => path);
};

// Written in two halves, so that this file does not hold what it looks for.
const openEnds = new RegExp(`\\b(?:${'TO'}DO|${'FIX'}ME|${'XX'}X)\\b`);
const unfinishedWork: Check = (files) =>
  files.filter(({ path, text }) => code.test(path) && openEnds.test(text)).map(({ path }) => path);

const machinePath = new RegExp(`(?:^|[^\\w.:/-])/(?:${'wo'}rk|${'ho'}me|${'ro'}ot|${'Us'}ers)/\\w|[A-Z]:\\\\\\w`, 'm');
const machinePaths: Check = (files) =>
  files.flatMap(({ path, text }) => {
    const match = machinePath.exec(text);
    return match ? [`${path}: ${match[0].trim()}`] : [];
  });

const file = (path: string, text = ''): SourceFile => ({ path, text });
const useCase = 'export class MoveFolder {\n  async execute(actor: Actor): Promise<void> {}\n}\n';

describe.each<{ what: string; check: Check; faults: SourceFile[]; innocent: SourceFile[] }>([
  {
    what: 'names every file and folder in kebab-case',
    check: kebabCase,
    faults: [file('src/folders/moveFolder.ts'), file('src/Folders/a.ts'), file('libs/domain/src/kernel/a_b.ts')],
    innocent: [file('src/folders/folders.module.ts'), file('test/contract/files-v1.spec.ts'), file('Dockerfile')],
  },
  {
    what: 'calls no file utils, helpers or manager',
    check: namesThatSayNothing,
    faults: [
      file('src/files/utils.ts'),
      file('src/files/date-helpers.ts'),
      file('libs/domain/src/files/file-manager.ts'),
      file('src/helpers/dates.ts'),
    ],
    innocent: [file('src/files/utilisation.ts'), file('src/portal/delivery-management.ts')],
  },
  {
    what: 'keeps #private fields out of the domain, whose classes are mapped',
    check: hashPrivateFields,
    faults: [
      file('libs/domain/src/files/a.ts', 'class A {\n  readonly #name = 1;\n}\n'),
      file('libs/domain/src/files/b.ts', 'class B {\n  name() {\n    return this.#name;\n  }\n}\n'),
    ],
    innocent: [file('libs/domain/src/files/c.ts', '/** See #12 */\nclass C {\n  private readonly name = "#1";\n}\n')],
  },
  {
    what: 'has a spec beside each use case',
    check: useCasesWithoutSpec,
    faults: [file('libs/domain/src/folders/move-folder.ts', useCase)],
    innocent: [
      file('libs/domain/src/folders/rename-folder.ts', useCase),
      file('libs/domain/src/folders/rename-folder.spec.ts'),
      file('libs/domain/src/folders/folder.ts', 'export class Folder {\n  rename(): void {}\n}\n'),
    ],
  },
  {
    what: 'leaves no unfinished work behind',
    check: unfinishedWork,
    faults: [file('src/a.ts', `// ${'TO'}DO later`), file('test/b.mjs', `// ${'FIX'}ME`)],
    innocent: [file('src/c.ts', 'const todoList = [];')],
  },
  {
    what: 'names no path of somebody’s machine',
    check: machinePaths,
    faults: [
      file('docs/a.md', `see /${'ho'}me/somebody/notes`),
      file('src/b.ts', `const cwd = '/${'ro'}ot/main';`),
      file('src/c.ts', `const cwd = "C:${'\\'}code";`),
    ],
    innocent: [
      file('src/d.ts', "import x from '../../tmp/x.js'; const url = 'http://localhost/root/x';"),
      file('Dockerfile', 'WORKDIR /app'),
    ],
  },
])('the repository $what', ({ check, faults, innocent }) => {
  it('throughout', () => {
    expect(check(repository())).toEqual([]);
  });

  it('and a planted fault is found, nothing else', () => {
    const found = check([...innocent, ...faults]);
    for (const { path } of faults) expect(found.filter((line) => line.startsWith(path))).toHaveLength(1);
    expect(found).toHaveLength(faults.length);
  });
});

it('looks at the files of this repository', () => {
  const paths = repository().map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['package.json', 'test/architecture/conventions.spec.ts']));
});
