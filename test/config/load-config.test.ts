import { describe, expect, test } from 'vitest';
import { loadFrom } from './ports.js';

const FOUND = { account: '111122223333' };
const yaml = 'account: "111122223333"\n';

describe('the configuration is found', () => {
  test.each([
    ['keyproof.config.yaml', yaml],
    ['keyproof.config.yml', yaml],
    ['keyproof.config.json', JSON.stringify(FOUND)],
    ['package.json', JSON.stringify({ name: 'orders', keyproof: FOUND })],
  ])('in `%s`', async (name, text) => {
    const { config, problems } = await loadFrom({ files: { [name]: text } });
    expect(problems).toEqual([]);
    expect(config.settings).toEqual(FOUND);
    expect(config.sources).toEqual([`/repo/${name}`]);
  });

  test.each(['ts', 'mts', 'mjs', 'js', 'cjs'])(
    'as code in `keyproof.config.%s`',
    async (ending) => {
      const name = `keyproof.config.${ending}`;
      const { config, problems } = await loadFrom({
        files: { [name]: '' },
        modules: { [`/repo/${name}`]: FOUND },
      });
      expect(problems).toEqual([]);
      expect(config.settings).toEqual(FOUND);
    },
  );

  test('in the nearest folder up to the root of the working tree', async () => {
    const places = { workingDirectory: '/repo/infra/orders', workingTree: '/repo' };
    const above = { '../../keyproof.config.yaml': yaml };
    expect((await loadFrom({ files: above, ...places })).config.sources).toEqual([
      '/repo/keyproof.config.yaml',
    ]);
    const nearer = { ...above, '../keyproof.config.json': '{}' };
    expect((await loadFrom({ files: nearer, ...places })).config.sources).toEqual([
      '/repo/infra/keyproof.config.json',
    ]);
  });

  test('and not beyond that root', async () => {
    const { config } = await loadFrom({
      files: { '../keyproof.config.yaml': yaml },
      workingDirectory: '/srv/repo',
      workingTree: '/srv/repo',
    });
    expect(config).toMatchObject({ sources: [], settings: {}, preset: 'recommended' });
  });

  test('not in a manifest that says nothing of it', async () => {
    const manifest = JSON.stringify({ dependencies: { keyproof: '1' } });
    expect((await loadFrom({ files: { 'package.json': manifest } })).config.sources).toEqual([]);
  });

  test('where it is named', async () => {
    const files = { 'keyproof.config.yaml': 'failOn: info', 'ci/strict.yaml': yaml };
    const { config } = await loadFrom({ files }, { kind: 'file', path: 'ci/strict.yaml' });
    expect(config).toMatchObject({ settings: FOUND, folder: '/repo/ci' });
  });

  test('not at all where none is wanted', async () => {
    const files = { 'keyproof.config.ts': 'throw new Error()' };
    expect(await loadFrom({ files }, { kind: 'none' })).toMatchObject({
      config: { sources: [] },
      problems: [],
    });
  });

  test('only once', async () => {
    const files = { 'keyproof.config.yaml': yaml, 'keyproof.config.json': '{}' };
    expect((await loadFrom({ files })).problems).toEqual([
      'keyproof.config.json:1:1 `keyproof.config.json` and `keyproof.config.yaml` both configure keyproof (keep one of them, or name one with `--config`)',
    ]);
  });
});

describe('a configuration that is code', () => {
  const inFolder = {
    workingDirectory: '/repo/vendor',
    workingTree: '/repo',
    modules: { '/repo/vendor/keyproof.config.mjs': FOUND, '/repo/vendor/base.js': FOUND },
  };
  const REFUSED =
    'a configuration that is code runs only from the root of the working tree (move it to `..`, or write it as YAML or JSON)';

  test('does not run from a folder of the working tree', async () => {
    const { config, problems } = await loadFrom({
      files: { 'keyproof.config.mjs': '' },
      ...inFolder,
    });
    expect(problems).toEqual([`keyproof.config.mjs:1:1 ${REFUSED}`]);
    expect(config.settings).toEqual({});
  });

  test('does not run from there when it is named either', async () => {
    const file = { kind: 'file', path: 'keyproof.config.mjs' } as const;
    expect((await loadFrom({ files: {}, ...inFolder }, file)).problems).toEqual([
      `keyproof.config.mjs:1:1 ${REFUSED}`,
    ]);
  });

  test.each(['./base.js', './node_modules/base/index.js'])(
    'does not run from there through `extends: %s`',
    async (base) => {
      const files = { 'keyproof.config.yaml': `extends: ${base}` };
      const modules = { '/repo/vendor/base.js': {}, '/repo/vendor/node_modules/base/index.js': {} };
      const { problems } = await loadFrom({ files, ...inFolder, modules });
      expect(problems).toEqual([`${base.slice(2)}:1:1 ${REFUSED}`]);
    },
  );

  test('that fails says why', async () => {
    expect((await loadFrom({ files: { 'keyproof.config.ts': '' } })).problems).toEqual([
      'keyproof.config.ts:1:1 it cannot be run: nobody expects /repo/keyproof.config.ts',
    ]);
  });

  test('is checked as any other', async () => {
    const { problems } = await loadFrom({
      files: { 'keyproof.config.ts': '' },
      modules: { '/repo/keyproof.config.ts': { exlude: [] } },
    });
    expect(problems).toEqual([
      'keyproof.config.ts:1:1 unknown key `exlude` (did you mean `exclude`?)',
    ]);
  });
});

describe('what a configuration extends', () => {
  test('is put under it, lists replaced and mappings put together', async () => {
    const { config, problems } = await loadFrom({
      files: {
        'keyproof.config.yaml': [
          'extends: ./shared/base.yaml',
          'exclude: [b]',
          'parameters: { Stage: prod }',
          'rules: { decrypt-all-keys: error }',
          'trustZone: { services: [s3.amazonaws.com] }',
          'overrides: [{ files: [x], account: "222233334444" }]',
        ].join('\n'),
        'shared/base.yaml': [
          'exclude: [a]',
          'failOn: info',
          'parameters: { Stage: dev, Name: orders }',
          'rules: { decrypt-all-keys: [info, { ignoreViaService: true }], region-mismatch: off }',
          'trustZone: { accounts: ["111122223333"] }',
          'overrides: [{ files: [y], account: "333344445555" }]',
        ].join('\n'),
      },
    });
    expect(problems).toEqual([]);
    expect(config.sources).toEqual(['/repo/shared/base.yaml', '/repo/keyproof.config.yaml']);
    expect(config.settings).toMatchObject({
      exclude: ['b'],
      failOn: 'info',
      parameters: { Stage: 'prod', Name: 'orders' },
      rules: {
        'decrypt-all-keys': ['error', { ignoreViaService: true }],
        'region-mismatch': 'off',
      },
      trustZone: { accounts: ['111122223333'], services: ['s3.amazonaws.com'] },
      overrides: [{ files: ['y'] }, { files: ['x'] }],
    });
  });

  test('may be one of our presets', async () => {
    const files = { 'keyproof.config.yaml': 'extends: strict' };
    expect((await loadFrom({ files })).config.preset).toBe('strict');
    const both = { 'keyproof.config.yaml': 'extends: [strict, recommended]' };
    expect((await loadFrom({ files: both })).config.preset).toBe('strict');
  });

  test('may be a package that is installed for the working tree, code too', async () => {
    const { config, problems } = await loadFrom({
      files: { 'keyproof.config.yaml': 'extends: "@acme/keyproof"' },
      packages: { '@acme/keyproof': '/repo/node_modules/@acme/keyproof/index.js' },
      modules: { '/repo/node_modules/@acme/keyproof/index.js': { failOn: 'warning' } },
    });
    expect(problems).toEqual([]);
    expect(config.settings.failOn).toBe('warning');
  });

  test('must be there', async () => {
    const files = { 'keyproof.config.yaml': 'extends: [acme, ./gone.yaml]' };
    expect((await loadFrom({ files })).problems).toEqual([
      'keyproof.config.yaml:1:1 `extends: acme` is no package that is installed (it is `recommended`, `strict`, a path that begins with `./`, or a package)',
      'gone.yaml:1:1 there is no file `gone.yaml`',
    ]);
  });

  test('does not lead in a circle', async () => {
    const files = {
      'keyproof.config.yaml': 'extends: ./a.yaml',
      'a.yaml': 'extends: ./keyproof.config.yaml',
    };
    expect((await loadFrom({ files })).problems).toEqual([
      'a.yaml:1:1 `extends: ./keyproof.config.yaml` leads back to a file that extends this one (take one of the two `extends` out)',
    ]);
  });
});
