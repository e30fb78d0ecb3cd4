import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Call, Engine, Exchange } from '../../src/engine/index.js';
import { parseYaml, type Node } from '../../src/source/index.js';
import { bytes, engineOf, region } from './estate.js';

const folder = 'fixtures/engine';

interface Story {
  readonly story: string;
  readonly inventory: Readonly<Record<string, unknown>>;
  /** The caller of each step that names no other. */
  readonly as: string;
  readonly steps: readonly Step[];
}

/** One call, under the name of its operation, and what has to come of it: success, unless it `fails`. */
interface Step extends Readonly<Record<string, unknown>> {
  readonly as?: string;
  /** The Region of the endpoint. */
  readonly in?: string;
  readonly fails?: string;
  /** A part of the message. */
  readonly because?: string;
  /** Under which later steps find the output, as `$name.Member`. */
  readonly name?: string;
}

describe.each(readdirSync(folder))('%s', (file) => {
  const story = parsed(`${folder}/${file}`);

  test(story.story, () => {
    const engine = engineOf(story.inventory);
    const outputs = new Map<string, unknown>();
    for (const [index, step] of story.steps.entries()) {
      const { outcome } = run(engine, story, step, outputs);
      const actual = outcome.kind === 'failed' ? outcome.error : { name: 'succeeded', message: '' };
      const where = `step ${index + 1}`;
      expect([where, actual.name]).toEqual([where, step.fails ?? 'succeeded']);
      expect(actual.message).toContain(step.because ?? '');
      if (step.name !== undefined && outcome.kind === 'succeeded')
        outputs.set(step.name, outcome.output);
    }
  });
});

function parsed(path: string): Story {
  const { value, diagnostics } = parseYaml({ path, text: readFileSync(path, 'utf8') });
  expect(diagnostics).toEqual([]);
  return valueOf(value.documents[0]) as Story;
}

function run(
  engine: Engine,
  story: Story,
  step: Step,
  outputs: ReadonlyMap<string, unknown>,
): Exchange {
  const what =
    Object.keys(step).find((key) => !['as', 'in', 'fails', 'because', 'name'].includes(key)) ?? '';
  const given = filled(step[what], outputs);
  const caller = step.as ?? story.as;
  return engine.call(callOf(what, given, caller, step.in ?? region));
}

// A fixture is untyped; one that is wrong fails its step.
function callOf(what: string, given: unknown, caller: string, where: string): Call {
  if (what === 'waitDays') return { kind: 'clock', advanceMs: Number(given) * 86_400_000 };
  if (what === 'CreatePrincipal' || what === 'DeletePrincipal') {
    return { kind: 'iam', event: what, arn: String(given) };
  }
  const call = what.startsWith('s3:')
    ? { kind: 's3', action: what.slice('s3:'.length), caller, ...(given as object) }
    : { kind: 'kms', operation: what, input: withBytes(given as object), caller, region: where };
  return call as unknown as Call;
}

function withBytes(input: object): object {
  return 'Plaintext' in input ? { ...input, Plaintext: bytes(String(input.Plaintext)) } : input;
}

/** A value with each `$name.Member` replaced by what an earlier step gave. */
function filled(value: unknown, outputs: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string' && value.startsWith('$')) {
    const [name = '', ...path] = value.slice(1).split('.');
    return path.reduce<unknown>(
      (at, member) => (at as Readonly<Record<string, unknown>>)[member],
      outputs.get(name),
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, outputs)]));
}

function valueOf(node: Node | undefined): unknown {
  switch (node?.kind) {
    case 'scalar':
      return node.value;
    case 'sequence':
      return node.items.map(valueOf);
    case 'mapping':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, valueOf(value)]));
    case 'unresolved':
    case undefined:
      return undefined;
  }
}
