import { emptyInventory, type Inventory } from '../../inventory/index.js';
import type { Diagnostic, Files, Parsed, Source } from '../../source/index.js';
import type { Loader, LoadSettings } from '../loader.js';
import { buildInventory } from './build-inventory.js';
import { environmentOf } from './cdk-assembly.js';
import { nestedPath } from './nested.js';
import { openTemplate } from './open-template.js';
import { givenBy } from './parameters.js';
import { rootStack } from './root-stack.js';

/** CloudFormation templates in JSON and YAML, those of SAM included, with their local nested stacks. */
export const cloudFormation: Loader = {
  name: 'CloudFormation template',
  recognizes: isTemplate,
  load: loadTemplate,
  partsOf,
};

// A template's mark: its resources, of which at least one has a type of CloudFormation's.
function isTemplate(_path: string, text: string): boolean {
  return (
    /(?:^|[\s{,])["']?Resources["']?\s*:/.test(text) &&
    /["']?Type["']?\s*:\s*["']?(?:AWS|Alexa|Custom)::/.test(text)
  );
}

function loadTemplate(
  entry: Source,
  files: Files,
  settings: LoadSettings,
): Parsed<Inventory> | undefined {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  const template = openTemplate(entry, givenBy(settings.parameters, entry), report);
  if (template === undefined) {
    // Without resources it is something else, unless it is too broken to tell.
    const isBroken = diagnostics.some(({ severity }) => severity === 'error');
    return isBroken ? { value: emptyInventory, diagnostics } : undefined;
  }
  const stack = rootStack({
    unit: entry.path,
    prefix: '',
    template,
    settings: { ...settings, ...environmentOf(entry.path, files) },
    files,
    report,
    imported: () => undefined,
  });
  return { value: buildInventory([stack], report), diagnostics };
}

/** The templates of nested stacks that lie beside this one. */
function partsOf(entry: Source, files: Files): readonly string[] {
  if (!/AWS::(?:CloudFormation::Stack|Serverless::Application)\b/.test(entry.text)) return [];
  const template = openTemplate(entry, new Map(), ignore);
  if (template === undefined) return [];
  const stack = rootStack({
    unit: entry.path,
    prefix: '',
    template,
    settings: { parameters: {} },
    files,
    report: ignore,
    imported: () => undefined,
  });
  return [...template.resources.values()].flatMap((resource) => nestedPath(resource, stack) ?? []);
}

function ignore(): void {
  // What is wrong is reported when the file is loaded.
}
