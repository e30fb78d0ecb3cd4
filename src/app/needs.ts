import { principalAt } from '../config/index.js';
import { answerNeeds, needsOf, unusedDecrypt } from '../graph/index.js';
import type { NeedAnswer } from '../graph/index.js';
import type { Host } from '../host/index.js';
import {
  findCaller,
  findPrincipal,
  type Caller,
  type CodeCall,
  type Inventory,
} from '../inventory/index.js';
import { nowhere } from '../load/index.js';
import type { NeedProblem, NeedGroup, NeedsReport } from '../report/index.js';
import { hasHole, showText, type Text } from '../source/index.js';
import { loadEstate, type EstateInput } from './estate.js';
import type { Mistake } from './mistake.js';
import { unknownPrincipal } from './request.js';

export interface NeedsInput {
  readonly estate: EstateInput;
  /** The principal that all the code runs as; absent: as the configuration says. */
  readonly as?: string | undefined;
}

/** Which permissions the code of an estate requires, and whether those that it runs as have them. */
export async function needs(input: NeedsInput, host: Host): Promise<NeedsReport | Mistake> {
  const estate = await loadEstate(input.estate, host);
  if ('kind' in estate) return estate;
  const { inventory, config, diagnostics } = estate;
  const callers = new Map<string, Caller>();
  const calls = new Map<string, CodeCall[]>();
  for (const call of inventory.calls) {
    const name = input.as ?? principalAt(config, call.span.source.path) ?? '';
    calls.set(name, [...(calls.get(name) ?? []), call]);
  }
  if (input.as !== undefined && !calls.has(input.as)) calls.set(input.as, []);
  for (const name of calls.keys()) {
    if (name === '') continue;
    const caller = findCaller(inventory, name);
    if (caller === undefined) return unknownPrincipal(name, inventory);
    callers.set(name, caller);
  }
  const problems: NeedProblem[] = [];
  const groups = [...calls]
    .sort(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1))
    .map(([name, own]): NeedGroup => {
      const required = needsOf(inventory, own);
      const caller = callers.get(name);
      if (caller === undefined) return { needs: required.map((need) => ({ need })) };
      const answered = answerNeeds(inventory, caller, required);
      problems.push(...answered.flatMap((one) => lacking(one, name)));
      for (const one of unusedDecrypt(inventory, caller, required)) {
        problems.push(unused(one.key.arn, name, caller, inventory));
      }
      return { caller, needs: answered };
    });
  return { kind: 'needs', groups, problems, diagnostics };
}

function lacking({ need, answer }: NeedAnswer, principal: string): readonly NeedProblem[] {
  if (answer.kind !== 'never') return [];
  const { action, resource = '*', through } = need;
  const what = `${named(principal)} may never call \`${action}\` on \`${showText(resource)}\``;
  const why =
    through === undefined
      ? 'the call is refused with AccessDenied'
      : `\`${through.action}\` on \`${showText(through.resource)}\` asks KMS for it in the caller's name, and is refused with AccessDenied`;
  return need.sites.map((site) => ({
    ruleId: 'code-lacks-permission',
    severity: hasHole(resource) ? 'warning' : 'error',
    message: `${site.operation} needs a permission that is missing: ${what}`,
    why,
    fix: `allow \`${action}\`, in the key policy or an IAM policy of the principal, or remove the call`,
    span: site.span,
  }));
}

function unused(key: Text, principal: string, caller: Caller, inventory: Inventory): NeedProblem {
  return {
    ruleId: 'unused-permission',
    severity: 'info',
    message: `${named(principal)} may call \`kms:Decrypt\` on \`${showText(key)}\`, and no code that was read does`,
    why: 'whoever takes over the code can decrypt what the code never reads',
    fix: 'take the permission away, or read all the code that runs as this principal',
    span: findPrincipal(inventory, caller)?.span ?? nowhere(principal),
  };
}

function named(principal: string): string {
  return `\`${showText(principal)}\``;
}
