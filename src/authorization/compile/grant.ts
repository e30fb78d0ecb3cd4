import { findAction } from '../../facts/index.js';
import type { Grant } from '../../inventory/index.js';
import type { Formula } from '../../logic/index.js';
import { parsePrincipal } from '../../policy/index.js';
import type { RequestAtom } from './atoms.js';
import type { Compiling } from './condition.js';
import { compilePrincipal } from './principal.js';
import type { Named } from './principal.js';
import { stringEquals } from './operators.js';

/** What the grants of the key allow the caller, by how they name it. */
export function compileGrants(at: Compiling, grants: readonly Grant[]): Named {
  const { formulas } = at;
  const named = grants.map((grant) => compileGrant(at, grant));
  return {
    direct: formulas.any(named.map(({ direct }) => direct)),
    role: formulas.any(named.map(({ role }) => role)),
    account: formulas.any(named.map(({ account }) => account)),
  };
}

// SOURCE: facts evaluation 13.7 to 13.9
function compileGrant(at: Compiling, grant: Grant): Named {
  const { formulas, question } = at;
  const operations = findAction(question.request.action)?.operation.grantOperations ?? [];
  const named = question.action.slice('kms:'.length);
  const wanted = operations.filter(
    (operation) => operations.length === 1 || operation.toLowerCase() === named,
  );
  if (!wanted.some((operation) => grant.operations.includes(operation))) {
    return { direct: formulas.never, role: formulas.never, account: formulas.never };
  }
  const who = compilePrincipal(at, grantee(grant));
  const what = constraints(at, grant);
  return {
    direct: formulas.all([who.direct, what]),
    role: formulas.all([who.role, what]),
    account: formulas.all([who.account, what]),
  };
}

function grantee({ grantee: text, span }: Grant): Parameters<typeof compilePrincipal>[1] {
  const type = /^[a-z0-9.-]+\.(amazonaws|aws)\b/i.test(text) ? 'Service' : 'AWS';
  return {
    negated: false,
    entries: [{ type, text, form: parsePrincipal(type, text), span }],
    span,
  };
}

function constraints(at: Compiling, grant: Grant): Formula<RequestAtom> {
  const { formulas, question } = at;
  const { encryptionContextEquals, encryptionContextSubset, sourceArn } = grant.constraints ?? {};
  const parts: Formula<RequestAtom>[] = [];
  const { action } = question;
  // SOURCE: facts evaluation 13.9: encryption context constraints are ignored for these two
  if (action !== 'kms:describekey' && action !== 'kms:retiregrant') {
    const exact = encryptionContextEquals;
    for (const [key, value] of exact ?? encryptionContextSubset ?? [])
      parts.push(pair(at, key, value));
    if (exact !== undefined)
      parts.push(formulas.not(member(at, 'kms:EncryptionContextKeys', [...exact.keys()], 'none')));
  }
  if (sourceArn !== undefined && action !== 'kms:retiregrant') {
    parts.push(test(at, 'aws:SourceArn', sourceArn));
  }
  // A grant made under a grant allows at most what its parent does.
  if (action === 'kms:creategrant') {
    parts.push(formulas.not(member(at, 'kms:GrantOperations', grant.operations, 'none')));
  }
  return formulas.all(parts);
}

// The cryptographic context is case-sensitive in its keys too, which condition keys are not.
function pair(at: Compiling, key: string, value: string): Formula<RequestAtom> {
  return at.formulas.all([
    test(at, `kms:EncryptionContext:${key}`, value),
    member(at, 'kms:EncryptionContextKeys', [key], 'all'),
  ]);
}

function test({ formulas, valueOf }: Compiling, key: string, text: string): Formula<RequestAtom> {
  const value = valueOf(key);
  switch (value.kind) {
    case 'absent':
      return formulas.never;
    case 'constant':
      return value.value === text ? formulas.always : formulas.never;
    case 'follows':
      return formulas.never;
    case 'open':
      return formulas.atom({
        kind: 'test',
        variable: value.variable,
        comparison: { operator: stringEquals, text },
      });
  }
}

function member(
  { formulas, valueOf }: Compiling,
  key: string,
  texts: readonly string[],
  wanted: 'all' | 'none',
): Formula<RequestAtom> {
  const value = valueOf(key);
  switch (value.kind) {
    case 'absent':
      return formulas.never;
    case 'constant': {
      const values = typeof value.value === 'string' ? [value.value] : value.value;
      const some = values.some((one) => texts.includes(one) === (wanted === 'all'));
      return some ? formulas.always : formulas.never;
    }
    case 'follows':
      return formulas.never;
    case 'open':
      return formulas.atom({
        kind: 'member',
        variable: value.variable,
        comparisons: texts.map((text) => ({
          comparison: { operator: stringEquals, text },
          wanted: wanted === 'all',
        })),
      });
  }
}
