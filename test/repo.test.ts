import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { floors, owners } from './layers.mjs';

const foldersOf = (path: string): readonly string[] =>
  existsSync(path)
    ? readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
    : [];

/** The code of a place: of a file, or of all files in a folder. */
function textsUnder(place: string): readonly string[] {
  if (!statSync(place).isDirectory()) return [readFileSync(place, 'utf8')];
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs|js)$/.test(name))
    .map((name) => readFileSync(`${place}/${name}`, 'utf8'));
}

function imports(text: string, module: string): boolean {
  return [`'${module}'`, `'${module}/`].some((start) => text.includes(start));
}

const places = floors.flat();

/** `authorization/` only groups its parts, which stand on floors of their own. */
const GROUPS = ['authorization'];

/** Folders of `src/`, a group's by its parts. */
const sourceFolders = foldersOf('src').flatMap((name) =>
  GROUPS.includes(name) ? foldersOf(`src/${name}`).map((part) => `${name}/${part}`) : [name],
);

describe('the floors of the house', () => {
  test('name only places that exist', () => {
    expect(places.filter((place) => !existsSync(place))).toEqual([]);
  });

  test('carry every folder and file of src', () => {
    const files = readdirSync('src').filter((name) => name.endsWith('.ts'));
    const all = [...sourceFolders, ...files].map((name) => `src/${name}`);
    expect(all.filter((place) => !places.includes(place))).toEqual([]);
  });

  test('name a place once', () => {
    expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
  });

  test('are made of folders that have a door', () => {
    const folders = places.filter((place) => !place.endsWith('.ts'));
    expect(folders.filter((place) => !existsSync(`${place}/index.ts`))).toEqual([]);
  });
});

test('the architecture page shows the floors as they are', () => {
  const rows = readFileSync('src/README.md', 'utf8').matchAll(/^\| +(\d+) \| (.*?) \|/gm);
  const shown = [...rows].flatMap(([, floor = '', names = '']) =>
    [...names.matchAll(/`([^`]+?)\/?`/g)]
      .map(([, name = '']) => name)
      .filter((name) => name !== 'src')
      .map((name) => `${floor} ${name}`),
  );
  const actual = floors.flatMap((floor, height) =>
    floor.map((place) => `${height} ${place.replace(/^src\//, '')}`),
  );
  expect(shown.sort()).toEqual(actual.sort());
});

describe('third-party modules', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Readonly<
    Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>
  >;
  const installed = { ...manifest.dependencies, ...manifest.devDependencies };

  test('with an owner are dependencies', () => {
    const modules = Object.keys(owners).filter((module) => !module.startsWith('node:'));
    // Of some, only types are used: their package is `@types/…`.
    const isInstalled = (module: string): boolean =>
      module in installed || `@types/${module}` in installed;
    expect(modules.filter((module) => !isInstalled(module))).toEqual([]);
  });

  test('have owners that exist', () => {
    const named = new Set(Object.values(owners).flat());
    expect([...named].filter((place) => !existsSync(place))).toEqual([]);
  });

  test('are imported by each of their owners', () => {
    const idle = Object.entries(owners).flatMap(([module, named]) =>
      named.filter((place) => !textsUnder(place).some((text) => imports(text, module))),
    );
    expect(idle).toEqual([]);
  });

  test('are pinned to one version', () => {
    const loose = Object.entries(installed).filter(([, version]) => !/^\d/.test(version));
    expect(loose).toEqual([]);
  });
});

describe('the tests', () => {
  test('mirror the folders that they are about', () => {
    const mirrored = [
      ...sourceFolders,
      ...sourceFolders.map((name) => name.split('/')[0]),
      'rules',
      'ci',
    ];
    // What serves many tests has folders without a twin.
    const shared = ['arbitraries', 'laws', 'mutants', 'package'];
    expect(foldersOf('test').filter((name) => ![...mirrored, ...shared].includes(name))).toEqual(
      [],
    );
  });

  test('are all found by their name', () => {
    const files = readdirSync('test', { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => /[.]spec[.]|_test[.]/.test(file))).toEqual([]);
  });
});

describe('what is committed', () => {
  const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '' && existsSync(path));

  test('holds no file that a build makes', () => {
    expect(files.filter((path) => /^(dist|coverage|node_modules)\//.test(path))).toEqual([]);
  });

  test('names no path of one machine', () => {
    const machine = /(^|[\s'"`(])\/(work|home|root|Users)\/\w/m;
    const text = files.filter((path) => /\.(ts|mjs|js|json|md|ya?ml)$/.test(path));
    const own = text.filter(
      (path) => !path.startsWith('fixtures/') && path !== 'package-lock.json',
    );
    expect(own.filter((path) => machine.test(readFileSync(path, 'utf8')))).toEqual([]);
  });

  test('has a page for each part of the house rules', () => {
    const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE', 'src/README.md'];
    expect(pages.filter((path) => !existsSync(path))).toEqual([]);
  });
});
