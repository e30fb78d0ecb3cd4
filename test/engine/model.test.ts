import fc from 'fast-check';
import { expect, test } from 'vitest';

import { bytes, call, errorOf, estate, inventoryOf } from './estate.js';
import { createEngine, seededPorts, type Engine } from '../../src/engine/index.js';

const DAY_MS = 86_400_000;

type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion' | 'gone';

/** What a person who read the guide's page on key states would keep on a sheet of paper. */
interface Model {
  day: number;
  readonly keys: {
    id: string;
    state: KeyState;
    deletedOn: number;
    aliases: Set<string>;
    grants: string[];
  }[];
  readonly ciphertexts: { blob: Uint8Array; key: number; context: string; text: string }[];
}

type Step = fc.Command<Model, Engine>;

const pick = <T>(items: readonly T[], at: number): T | undefined =>
  items[at % Math.max(items.length, 1)];

function expectOutcome(actual: string, expected: string): void {
  expect(actual).toBe(expected);
}

const unlessUsable = (state: KeyState): string =>
  ({
    Enabled: 'succeeded',
    Disabled: 'DisabledException',
    PendingDeletion: 'KMSInvalidStateException',
    gone: 'NotFoundException',
  })[state];

const unlessPending = (state: KeyState): string =>
  ({
    Enabled: 'succeeded',
    Disabled: 'succeeded',
    PendingDeletion: 'KMSInvalidStateException',
    gone: 'NotFoundException',
  })[state];

function step(
  name: string,
  at: number,
  run: (model: Model, engine: Engine, key: Model['keys'][number]) => void,
): Step {
  return {
    check: ({ keys }) => keys.length > 0,
    run: (model, engine) => {
      const key = pick(model.keys, at);
      if (key !== undefined) run(model, engine, key);
    },
    toString: () => `${name}(${at})`,
  };
}

const createKey = (): Step => ({
  check: ({ keys }) => keys.length < 4,
  run: (model, engine) => {
    const { outcome } = call(engine, 'CreateKey', {});
    if (outcome.kind === 'failed') throw new Error(outcome.error.message);
    const { KeyId } = outcome.output['KeyMetadata'] as { KeyId: string };
    model.keys.push({
      id: KeyId,
      state: 'Enabled',
      deletedOn: Infinity,
      aliases: new Set(),
      grants: [],
    });
  },
  toString: () => 'CreateKey()',
});

const encrypt = (at: number, context: string): Step =>
  step('Encrypt', at, (model, engine, key) => {
    const text = `text ${model.ciphertexts.length}`;
    const exchange = call(engine, 'Encrypt', {
      KeyId: key.id,
      Plaintext: bytes(text),
      EncryptionContext: { context },
    });
    expectOutcome(errorOf(exchange), unlessUsable(key.state));
    if (exchange.outcome.kind === 'failed') return;
    const blob = exchange.outcome.output['CiphertextBlob'] as Uint8Array;
    model.ciphertexts.push({ blob, key: model.keys.indexOf(key), context, text });
  });

const decrypt = (at: number, context: string): Step => ({
  check: ({ ciphertexts }) => ciphertexts.length > 0,
  run: (model, engine) => {
    const sealed = pick(model.ciphertexts, at);
    const key = sealed && model.keys[sealed.key];
    if (sealed === undefined || key === undefined) return;
    const exchange = call(engine, 'Decrypt', {
      CiphertextBlob: sealed.blob,
      EncryptionContext: { context },
    });
    const usable = key.state === 'gone' ? 'AccessDeniedException' : unlessUsable(key.state);
    const fits = context === sealed.context ? 'succeeded' : 'InvalidCiphertextException';
    expectOutcome(errorOf(exchange), usable === 'succeeded' ? fits : usable);
    if (exchange.outcome.kind === 'succeeded') {
      expect(exchange.outcome.output['Plaintext']).toEqual(bytes(sealed.text));
    }
  },
  toString: () => `Decrypt(${at}, ${context})`,
});

const switchTo = (name: 'EnableKey' | 'DisableKey', at: number): Step =>
  step(name, at, (_model, engine, key) => {
    expectOutcome(errorOf(call(engine, name, { KeyId: key.id })), unlessPending(key.state));
    if (unlessPending(key.state) === 'succeeded')
      key.state = name === 'EnableKey' ? 'Enabled' : 'Disabled';
  });

const schedule = (at: number, days: number): Step =>
  step('ScheduleKeyDeletion', at, (model, engine, key) => {
    const exchange = call(engine, 'ScheduleKeyDeletion', {
      KeyId: key.id,
      PendingWindowInDays: days,
    });
    expectOutcome(errorOf(exchange), unlessPending(key.state));
    if (errorOf(exchange) !== 'succeeded') return;
    key.state = 'PendingDeletion';
    key.deletedOn = model.day + days;
  });

const cancel = (at: number): Step =>
  step('CancelKeyDeletion', at, (_model, engine, key) => {
    const expected =
      key.state === 'gone'
        ? 'NotFoundException'
        : key.state === 'PendingDeletion'
          ? 'succeeded'
          : 'KMSInvalidStateException';
    expectOutcome(errorOf(call(engine, 'CancelKeyDeletion', { KeyId: key.id })), expected);
    if (expected === 'succeeded') Object.assign(key, { state: 'Disabled', deletedOn: Infinity });
  });

const createAlias = (at: number, name: string): Step =>
  step('CreateAlias', at, (model, engine, key) => {
    const taken = model.keys.some(({ aliases }) => aliases.has(name));
    const expected =
      unlessPending(key.state) !== 'succeeded'
        ? unlessPending(key.state)
        : taken
          ? 'AlreadyExistsException'
          : 'succeeded';
    expectOutcome(
      errorOf(call(engine, 'CreateAlias', { AliasName: name, TargetKeyId: key.id })),
      expected,
    );
    if (expected === 'succeeded') key.aliases.add(name);
  });

const describeAlias = (name: string): Step => ({
  check: () => true,
  run: ({ keys }, engine) => {
    const key = keys.find(({ aliases }) => aliases.has(name));
    const { outcome } = call(engine, 'DescribeKey', { KeyId: name });
    expect(
      outcome.kind === 'succeeded' ? outcome.output['KeyMetadata'] : outcome.error.name,
    ).toEqual(
      key === undefined
        ? 'NotFoundException'
        : expect.objectContaining({ KeyId: key.id, KeyState: key.state }),
    );
  },
  toString: () => `DescribeKey(${name})`,
});

const createGrant = (at: number): Step =>
  step('CreateGrant', at, (_model, engine, key) => {
    const exchange = call(engine, 'CreateGrant', {
      KeyId: key.id,
      GranteePrincipal: 'arn:aws:iam::111122223333:role/nobody',
      Operations: ['Encrypt'],
    });
    expectOutcome(errorOf(exchange), unlessUsable(key.state));
    if (exchange.outcome.kind === 'succeeded')
      key.grants.push(String(exchange.outcome.output['GrantId']));
  });

const revokeGrant = (at: number): Step =>
  step('RevokeGrant', at, (_model, engine, key) => {
    const GrantId = key.grants[0] ?? 'none';
    const expected =
      key.state !== 'gone' && key.grants.length > 0 ? 'succeeded' : 'NotFoundException';
    expectOutcome(errorOf(call(engine, 'RevokeGrant', { KeyId: key.id, GrantId })), expected);
    if (expected === 'succeeded') key.grants.shift();
  });

const useGrant = (at: number): Step =>
  step('Encrypt as the grantee', at, (_model, engine, key) => {
    const caller = 'arn:aws:iam::111122223333:role/nobody';
    const exchange = call(engine, 'Encrypt', { KeyId: key.id, Plaintext: bytes('x') }, { caller });
    const allowed = key.state === 'gone' || key.grants.length > 0;
    expectOutcome(errorOf(exchange), allowed ? unlessUsable(key.state) : 'AccessDeniedException');
  });

const wait = (days: number): Step => ({
  check: () => true,
  run: (model, engine) => {
    engine.call({ kind: 'clock', advanceMs: days * DAY_MS });
    model.day += days;
    for (const key of model.keys) {
      if (key.state === 'PendingDeletion' && key.deletedOn <= model.day) {
        key.state = 'gone';
        key.aliases.clear();
      }
    }
  },
  toString: () => `wait(${days} days)`,
});

const at = fc.nat({ max: 7 });
const context = fc.constantFrom('a', 'b');
const alias = fc.constantFrom('alias/a', 'alias/b');

const commands = fc.commands(
  [
    fc.constant(createKey()),
    fc.tuple(at, context).map(([key, pairs]) => encrypt(key, pairs)),
    fc.tuple(at, context).map(([sealed, pairs]) => decrypt(sealed, pairs)),
    at.map((key) => switchTo('EnableKey', key)),
    at.map((key) => switchTo('DisableKey', key)),
    fc.tuple(at, fc.integer({ min: 7, max: 30 })).map(([key, days]) => schedule(key, days)),
    at.map(cancel),
    fc.tuple(at, alias).map(([key, name]) => createAlias(key, name)),
    alias.map(describeAlias),
    at.map(createGrant),
    at.map(revokeGrant),
    at.map(useGrant),
    fc.integer({ min: 1, max: 20 }).map(wait),
  ],
  { maxCommands: 20 },
);

test('the engine agrees with a model of key states, aliases, grants and ciphertexts', () => {
  const inventory = inventoryOf({ ...estate, keys: [] });
  fc.assert(
    fc.property(commands, (steps) => {
      const setup = () => ({
        model: { day: 0, keys: [], ciphertexts: [] } satisfies Model,
        real: createEngine(inventory, seededPorts(1)),
      });
      fc.modelRun(setup, steps);
    }),
    { seed: 20_260_103, numRuns: 1_000 },
  );
}, 120_000);
