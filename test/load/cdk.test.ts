import { expect, test } from 'vitest';
import { load, type Loaded } from '../../src/load/index.js';
import { showText } from '../../src/source/index.js';
import { filesUnder } from './disk.js';
import { linesOf } from './templates.js';

function loadPaths(...paths: readonly string[]): Loaded {
  return load({
    paths,
    files: filesUnder('fixtures/load/cdk'),
    settingsOf: () => ({ parameters: {}, kinds: {} }),
  });
}

test('a CDK output folder is its stacks, each loaded once', () => {
  const { inventory, diagnostics, loaded } = loadPaths('cdk.out');
  expect(diagnostics).toEqual([]);
  expect(loaded).toEqual([
    'cdk.out/AgnosticStack.template.json',
    'cdk.out/AppStack.template.json',
    'cdk.out/AppStackInner.nested.template.json',
    'cdk.out/KeysStack.template.json',
    'cdk.out/manifest.json',
  ]);
  expect(inventory.keys.map(({ address, arn }) => [address, showText(arn)])).toEqual([
    [
      'KeysStack/OrdersKey1234ABCD',
      'arn:aws:kms:eu-west-1:111122223333:key/${KeysStack/OrdersKey1234ABCD}',
    ],
    [
      'AgnosticStack/LooseKey',
      'arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${AgnosticStack/LooseKey}',
    ],
  ]);
  expect(inventory.dependants.map(({ address, region }) => [address, region])).toEqual([
    ['AppStack/Inner/InnerTopic', 'eu-west-1'],
  ]);
});

test('what one stack exports to another of its environment is followed', () => {
  const { inventory } = loadPaths('cdk.out/manifest.json');
  const own = inventory.principals[0]?.policies?.[0]?.statements[0];
  expect(own?.kind === 'statement' && own.resource?.patterns[0]?.text).toBe(inventory.keys[0]?.arn);
});

test('a single template of the folder knows its environment', () => {
  const { inventory } = loadPaths('cdk.out/KeysStack.template.json');
  const [key] = inventory.keys;
  expect([key?.account, key?.region]).toEqual(['111122223333', 'eu-west-1']);
  expect(linesOf(key?.policy)).toEqual(['Allow arn:aws:iam::111122223333:root kms:* on *']);
});
