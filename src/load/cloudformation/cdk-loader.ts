import { merge, type Inventory } from '../../inventory/index.js';
import { decodeText, find, findPath, type Diagnostic, type Files } from '../../source/index.js';
import type { Node, Parsed, Source, Text } from '../../source/index.js';
import { parseDocuments } from '../documents.js';
import type { Loader, LoadSettings } from '../loader.js';
import { folderOf, nameOf } from '../paths.js';
import { buildInventory } from './build-inventory.js';
import { MANIFEST, stacksOf, type AssemblyStack } from './cdk-assembly.js';
import { directivesIn } from './loader.js';
import { openTemplate, type Opened } from './open-template.js';
import { givenBy } from './parameters.js';
import { outputOf } from './references.js';
import { rootStack } from './root-stack.js';
import type { Stack } from './stack.js';
import type { Report } from './template.js';
import { passedText } from './value.js';

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
    const opened = openStack(stack, files, settings, report);
    const { account = '', region = '' } = stack.environment;
    const unit = `${folderOf(entry.path)}#aws://${account}/${region}`;
    if (opened) environments.set(unit, [...(environments.get(unit) ?? []), { stack, opened }]);
  }
  const parts = [...environments].map(([unit, stacks]) =>
    loadEnvironment(unit, stacks, files, settings, report),
  );
  const merged = merge(parts);
  return { value: merged.value, diagnostics: [...diagnostics, ...merged.diagnostics] };
}

interface OpenedStack {
  readonly stack: AssemblyStack;
  readonly opened: Opened;
}

function openStack(
  stack: AssemblyStack,
  files: Files,
  settings: LoadSettings,
  report: Report,
): Opened | undefined {
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
  for (const { stack, opened } of members) {
    stacks.push(
      rootStack({
        unit,
        prefix: `${stack.id}/`,
        template: opened.template,
        settings: { ...settings, ...stack.environment },
        stackName: stack.stackName,
        files,
        report,
        imported: (name) => exportedBy(stacks, name),
      }),
    );
  }
  const inventory = buildInventory(stacks, report);
  const fromComments = members.flatMap(({ opened }) => directivesIn(opened));
  return { ...inventory, directives: [...fromComments, ...inventory.directives] };
}

/** The value that one of the stacks exports under a name. */
function exportedBy(stacks: readonly Stack[], name: Text): Node | undefined {
  for (const stack of stacks) {
    for (const { key, value } of stack.template.outputs.values()) {
      const exported = findPath(value, 'Export', 'Name');
      const spelled = passedText(exported && stack.evaluate(exported));
      if (spelled === name && find(value, 'Value')) return outputOf(key, stack);
    }
  }
  return undefined;
}
