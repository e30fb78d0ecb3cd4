import { afterEach, describe, expect, test, vi } from 'vitest';
import { findTerminal } from '../../src/host/index.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

function environment(values: Readonly<Record<string, string>>): void {
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'TERM']) vi.stubEnv(name, values[name] ?? '');
}

// Under a test runner, standard output is no terminal.
describe('colour', () => {
  test.each([
    ['automatic', {}, false],
    ['automatic', { FORCE_COLOR: '1' }, true],
    ['automatic', { FORCE_COLOR: '0' }, false],
    ['automatic', { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['on', { NO_COLOR: '1' }, true],
    ['off', { FORCE_COLOR: '1' }, false],
  ] as const)('wished %s, with %o: %s', (wish, env, color) => {
    environment(env);
    expect(findTerminal(wish).color).toBe(color);
  });
});
