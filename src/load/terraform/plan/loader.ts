import { emptyInventory, type Inventory } from '../../../inventory/index.js';
import type { Diagnostic, Files, Node, Parsed, Source } from '../../../source/index.js';
import { find, wholeOf } from '../../../source/index.js';
import { parseDocuments } from '../../documents.js';
import type { Loader, LoadSettings } from '../../loader.js';
import { buildInventory } from '../build-inventory.js';
import type { Report } from '../resource.js';
import { plannedAfter, plannedBefore, type Planned } from './changes.js';
import { resourcesOf } from './plan.js';

/** What `terraform show -json` prints of a plan or a state, from Terraform 0.12 on, and OpenTofu alike. */
export const terraformPlan: Loader = {
  name: 'Terraform plan',
  recognizes: isPlan,
  load: loadPlan,
};

function isPlan(_path: string, text: string): boolean {
  return (
    /"format_version"\s*:/.test(text) &&
    /"(?:planned_values|resource_changes|values)"\s*:/.test(text)
  );
}

function loadPlan(
  entry: Source,
  _files: Files,
  settings: LoadSettings,
): Parsed<Inventory> | undefined {
  const { value, diagnostics } = parseDocuments(entry);
  const [plan] = value.nodes;
  if (plan === undefined || find(plan, 'format_version') === undefined) {
    const isBroken = diagnostics.some(({ severity }) => severity === 'error');
    return isBroken ? { value: emptyInventory, diagnostics } : undefined;
  }
  const problems: Diagnostic[] = [...diagnostics, ...tooNew(plan, entry)];
  const inventoryOf = (planned: readonly Planned[], report: Report): Inventory =>
    buildInventory(resourcesOf(plan, planned, entry.path, settings), report);
  const after = inventoryOf(plannedAfter(plan), (problem) => problems.push(problem));
  const before = plannedBefore(plan);
  return {
    value: {
      ...after,
      // What is wrong with what goes away or is changed is no problem of the plan.
      ...(before && { before: inventoryOf(before, () => undefined) }),
    },
    diagnostics: problems,
  };
}

/** Terraform promises that minor versions only add to the format. */
function tooNew(plan: Node, source: Source): readonly Diagnostic[] {
  const version = find(plan, 'format_version');
  const text = version?.kind === 'scalar' ? String(version.value) : '';
  const major = Number(text.split('.')[0]);
  if (!(major > 1)) return [];
  return [
    {
      code: 'terraform-format',
      severity: 'warning',
      message: `format ${text} is newer than the formats 0.1 to 1.x that are known here`,
      span: version?.span ?? wholeOf(source),
      hint: 'update keyproof; what it does not know in the file is not analysed',
    },
  ];
}
