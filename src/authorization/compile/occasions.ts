import { canCarry } from '../../facts/index.js';
import type { ContextValue } from '../../inventory/index.js';
import { absent, optional } from './key-value.js';
import type { Rule } from './key-value.js';

// On which requests a condition key exists at all.

/** Rules for keys that come with the operations that can carry them. */
export function carried(rule: Rule): Rule {
  return ofKms((question, spelling) =>
    canCarry(question.action, spelling) ? rule(question, spelling) : absent,
  );
}

/** KMS's own condition keys come with requests to KMS; any other may come with those to other services. */
export function ofKms(rule: Rule): Rule {
  return (question, spelling) =>
    question.service === 'kms' || !spelling.toLowerCase().startsWith('kms:')
      ? rule(question, spelling)
      : absent;
}

/** Rules for callers that are IAM principals; absent for services and anonymous callers. */
export function ofPrincipal(rule: Rule): Rule {
  return (question, spelling) =>
    'account' in question.request.caller ? rule(question, spelling) : absent;
}

export function ofService(rule: Rule): Rule {
  return (question, spelling) =>
    question.request.caller.kind === 'service' ? rule(question, spelling) : absent;
}

/** Rules for attributes of the key that the request is about. */
export function ofKey(rule: Rule): Rule {
  return carried((question, spelling) =>
    question.service === 'kms' ? rule(question, spelling) : absent,
  );
}

/** Encryption context comes with symmetric keys only. */
export function ofSymmetricKey(rule: Rule): Rule {
  return carried((question, spelling) => {
    const spec = question.key?.spec;
    return spec === undefined || spec === 'SYMMETRIC_DEFAULT' ? rule(question, spelling) : absent;
  });
}

/** Optional, and absent where the request has a key that excludes it. */
export function unlessGiven(excludes: (name: string) => boolean): Rule {
  return ({ request: { context } }, spelling) =>
    [...context].some(([name, value]) => excludes(name) && !isUnknown(value))
      ? absent
      : optional(spelling);
}

function isUnknown(value: ContextValue): boolean {
  return typeof value === 'object' && 'unknown' in value;
}
