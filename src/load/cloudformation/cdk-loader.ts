import { passedText } from '../passed.js';
import { merge, type Inventory } from '../../inventory/index.js';
import { decodeText, findPath, type Diagnostic, type Files } from '../../source/index.js';
import type { Node, Parsed, Source, Text } from '../../source/index.js';
import { parseDocuments } from '../documents.js';
import type { Loader, LoadSettings } from '../loader.js';
import { folderOf, nameOf } from '../paths.js';
import { buildInventory } from './build-inventory.js';
import { MANIFEST, stacksOf, type AssemblyStack } from './cdk-assembly.js';
import { openTemplate } from './open-template.js';
import { givenBy } from './parameters.js';
import { outputOf } from './references.js';
import type { Report } from './report.js';
import { rootStack } from './root-stack.js';
import type { Stack } from './stack.js';
import type { Template } from './template.js';

/**
 * The output folder of a CDK app: all stacks that its manifest names. Stacks of one environment are
 * one unit, so that what they export to each other is followed.
 */
export const cdkAssembly: Loader = {
  name: 'CDK output folder',
  recognizes: (path, text) =>
    nameOf(path) === MANIFEST && text.includes('"aws:cloudformation:stack"'),
  load: loadAssembly,
  partsOf: (entry) => stacksOf(entry).map(({ templatePath }) => templatePath),
};

function loadAssembly(entry: Source, files: Files, settings: LoadSettings): Parsed<Inventory> {
  const diagnostics: Diagnostic[] = [...parseDocuments(entry).diagnostics];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  const environments = new Map<string, OpenedStack[]>();
  for (const stack of stacksOf(entry)) {
    const template = openStack(stack, files, settings, report);
    const { account = '', region = '' } = stack.environment;
    const unit = `${folderOf(entry.path)}#aws://${account}/${region}`;
    if (template) environments.set(unit, [...(environments.get(unit) ?? []), { stack, template }]);
  }
  const parts = [...environments].map(([unit, stacks]) =>
    loadEnvironment(unit, stacks, files, settings, report),
  );
  const merged = merge(parts);
  return { value: merged.value, diagnostics: [...diagnostics, ...merged.diagnostics] };
}

interface OpenedStack {
  readonly stack: AssemblyStack;
  readonly template: Template;
}

function openStack(
  stack: AssemblyStack,
  files: Files,
  settings: LoadSettings,
  report: Report,
): Template | undefined {
  const { templatePath, span } = stack;
  const bytes = files.read(templatePath);
  if (!(bytes instanceof Uint8Array)) {
    report({
      code: 'cdk-template-missing',
      severity: 'error',
      message: `the template \`${templatePath}\` of the stack \`${stack.id}\` cannot be read`,
      span,
      hint: 'run `cdk synth` again',
    });
    return undefined;
  }
  const { value: source, diagnostics } = decodeText(templatePath, bytes);
  diagnostics.forEach(report);
  return source && openTemplate(source, givenBy(settings.parameters, source), report);
}

function loadEnvironment(
  unit: string,
  members: readonly OpenedStack[],
  files: Files,
  settings: LoadSettings,
  report: Report,
): Inventory {
  const stacks: Stack[] = [];
  const imported = createExports(stacks);
  for (const { stack, template } of members) {
    stacks.push(
      rootStack({
        unit,
        prefix: `${stack.id}/`,
        template,
        settings: { ...settings, ...stack.environment },
        stackName: stack.stackName,
        files,
        report,
        imported,
      }),
    );
  }
  return buildInventory(stacks, report);
}

/** Looks up what the stacks of an environment export to each other. */
function createExports(stacks: readonly Stack[]): (name: Text) => Node | undefined {
  let outputs: Map<Text, readonly [Stack, string]> | undefined;
  return (name) => {
    if (outputs === undefined) {
      // Names of exports that are imported themselves find nothing here, and so come to an end.
      outputs = new Map();
      for (const [exported, ...output] of stacks.flatMap(exportsOf)) outputs.set(exported, output);
    }
    const [stack, key] = outputs.get(name) ?? [];
    return stack && key !== undefined ? outputOf(key, stack) : undefined;
  };
}

function exportsOf(stack: Stack): readonly (readonly [Text, Stack, string])[] {
  return [...stack.template.outputs.values()].flatMap(({ key, value }) => {
    const name = findPath(value, 'Export', 'Name');
    const text = passedText(name && stack.evaluate(name));
    return text === undefined ? [] : [[text, stack, key] as const];
  });
}
