import { describe, expect, test } from 'vitest';
import {
  includedPaths,
  isExcluded,
  kindAt,
  ruleAt,
  settingsAt,
  type Config,
  type KeyproofConfig,
} from '../../src/config/index.js';
import { loadFrom } from './ports.js';

async function configOf(written: KeyproofConfig, workingDirectory = '/repo'): Promise<Config> {
  const up = workingDirectory === '/repo' ? '' : '../';
  const files = { [`${up}keyproof.config.json`]: JSON.stringify(written) };
  const { config, problems } = await loadFrom({ files, workingDirectory, workingTree: '/repo' });
  expect(problems).toEqual([]);
  return config;
}

describe('the globs of a configuration', () => {
  const written = {
    include: ['infra/**', 'keys'],
    exclude: ['infra/legacy/**', '**/old-*.json'],
    kinds: { 'infra/**': 'identity', 'infra/keys/*.json': 'key-policy' },
  };

  test('are relative to its folder', async () => {
    const config = await configOf(written);
    expect(includedPaths(config)).toEqual(['infra/**', 'keys']);
    expect(isExcluded(config, 'infra/legacy/a.json')).toBe(true);
    expect(isExcluded(config, 'keys/old-a.json')).toBe(true);
    expect(isExcluded(config, 'infra/a.json')).toBe(false);
    expect(kindAt(config, 'infra/keys/a.json')).toBe('key-policy');
    expect(kindAt(config, 'infra/a.json')).toBe('identity');
    expect(kindAt(config, 'keys/a.json')).toBeUndefined();
  });

  test('also where the run is in a folder below', async () => {
    const config = await configOf(written, '/repo/infra');
    expect(includedPaths(config)).toEqual(['**', '../keys']);
    expect(isExcluded(config, 'legacy/a.json')).toBe(true);
    expect(isExcluded(config, '../keys/old-a.json')).toBe(true);
    expect(isExcluded(config, 'a.json')).toBe(false);
    expect(kindAt(config, 'keys/a.json')).toBe('key-policy');
  });

  test('and where a path is given from the root of the disk', async () => {
    const config = await configOf(written);
    expect(kindAt(config, '/repo/infra/keys/a.json')).toBe('key-policy');
    expect(kindAt(config, '/elsewhere/infra/keys/a.json')).toBeUndefined();
  });

  test('take everything where none is given', async () => {
    expect(includedPaths(await configOf({}))).toEqual(['.']);
  });
});

describe('overrides', () => {
  test('of several that match a file, later ones win', async () => {
    const config = await configOf({
      account: '111122223333',
      region: 'us-east-1',
      parameters: { Stage: 'prod', Name: 'orders' },
      overrides: [
        { files: ['sandbox/**'], account: '222233334444', parameters: { Stage: 'dev' } },
        { files: ['**/b.yaml'], account: '333344445555' },
      ],
    });
    expect(settingsAt(config, 'a.yaml').account).toBe('111122223333');
    expect(settingsAt(config, 'sandbox/a.yaml')).toMatchObject({
      account: '222233334444',
      region: 'us-east-1',
      parameters: { Stage: 'dev', Name: 'orders' },
    });
    expect(settingsAt(config, 'sandbox/b.yaml').account).toBe('333344445555');
  });
});

describe('a rule', () => {
  const rule = { id: 'region-mismatch', severity: 'error', presets: ['strict'] } as const;
  const decrypt = { ...rule, id: 'decrypt-all-keys', presets: ['recommended'] } as const;

  test('applies where the preset has it, as severe as it says', async () => {
    expect(ruleAt(await configOf({}), rule, 'a').severity).toBe('off');
    expect(ruleAt(await configOf({ extends: 'strict' }), rule, 'a').severity).toBe('error');
    expect(ruleAt(await configOf({}), decrypt, 'a').severity).toBe('error');
  });

  test('is as the configuration sets it, for all files or for some', async () => {
    const config = await configOf({
      rules: {
        'region-mismatch': 'warning',
        'decrypt-all-keys': ['info', { ignoreViaService: true }],
      },
      overrides: [
        { files: ['sandbox/**'], rules: { 'region-mismatch': 'off', 'decrypt-all-keys': 'error' } },
      ],
    });
    expect(ruleAt(config, rule, 'a')).toEqual({ severity: 'warning', options: {} });
    expect(ruleAt(config, rule, 'sandbox/a').severity).toBe('off');
    const options = { ignoreViaService: true };
    expect(ruleAt(config, decrypt, 'a')).toEqual({ severity: 'info', options });
    expect(ruleAt(config, decrypt, 'sandbox/a')).toEqual({ severity: 'error', options });
  });

  test('of lasting things is advice in what is ephemeral, and never more than is set', async () => {
    const config = await configOf({
      ephemeral: ['preview/**'],
      overrides: [{ files: ['preview/quiet/**'], rules: { 'region-mismatch': 'off' } }],
    });
    const lasting = { ...decrypt, id: 'region-mismatch', ephemeral: 'info' } as const;
    expect(ruleAt(config, lasting, 'a').severity).toBe('error');
    expect(ruleAt(config, lasting, 'preview/a').severity).toBe('info');
    expect(ruleAt(config, lasting, 'preview/quiet/a').severity).toBe('off');
    expect(ruleAt(config, decrypt, 'preview/a').severity).toBe('error');
  });
});
