import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { expectationsOf } from '../../src/app/expectations.js';
import { judge } from '../../src/app/judge.js';
import { loadEstateBy, type Estate } from '../../src/app/estate.js';
import { narrow } from '../../src/app/narrow.js';
import { loadConfig } from '../../src/config/index.js';
import { createNodeHost } from '../../src/host/index.js';
import type { Inventory } from '../../src/inventory/index.js';

vi.setConfig({ testTimeout: 120_000 });

const host = createNodeHost();
const { value: config } = await loadConfig({ kind: 'none' }, host);

/** A story of each rule that is told in one file, as it should not be and repaired. */
const stories = readdirSync('fixtures/rules').flatMap((rule) => {
  const folder = `fixtures/rules/${rule}`;
  const name = readdirSync(`${folder}/bad`).find(
    (one) => /\.(json|ya?ml)$/.test(one) && existsSync(`${folder}/good/${one}`),
  );
  return name === undefined
    ? []
    : [{ bad: `${folder}/bad/${name}`, good: `${folder}/good/${name}` }];
});

async function estateOf(paths: readonly string[]): Promise<Estate> {
  const input = { paths, parameters: [], emptiness: 'allowed' } as const;
  const estate = await loadEstateBy(config, input, host.files, host);
  if ('kind' in estate) throw new Error(estate.message);
  return estate;
}

async function findingsIn(estate: Estate, inventory: Inventory): Promise<readonly string[]> {
  const expectations = expectationsOf(estate.inventory, config);
  const { findings } = await judge(
    { ...estate, inventory },
    { rules: [], confirmation: 'not-requested', extent: 'everything', expectations },
    host,
  );
  return findings.map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

/** What one list has more often than the other. */
function more(after: readonly string[], before: readonly string[]): readonly string[] {
  const left = [...before];
  return after
    .filter((one) => {
      const at = left.indexOf(one);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    })
    .sort();
}

describe('what a change is not near to', () => {
  test('has the same findings before and after, so that leaving it out changes no news', async () => {
    const repaired = stories.map(({ good }) => good);
    const before = await estateOf(repaired);
    let left = 0;
    for (const { good, bad } of stories.filter((_, index) => index % 6 === 0)) {
      const after = await estateOf([...repaired.filter((path) => path !== good), bad]);
      const near = narrow(before.inventory, after.inventory);
      if (near.isNarrower) left += 1;
      const whole = more(
        await findingsIn(after, after.inventory),
        await findingsIn(before, before.inventory),
      );
      const narrowed = more(
        await findingsIn(after, near.after),
        await findingsIn(before, near.before),
      );
      expect(narrowed, bad).toEqual(whole);
    }
    expect(left).toBeGreaterThan(0);
  });
});
