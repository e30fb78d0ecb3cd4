import { parseCaller } from '../../inventory/index.js';
import type { Grant } from '../../inventory/index.js';
import type { Formula } from '../../logic/index.js';
import { parsePrincipal } from '../../policy/index.js';
import type { PrincipalElement } from '../../policy/index.js';
import type { Text } from '../../source/index.js';
import type { RequestAtom } from './atoms.js';
import type { Compiling } from './compiling.js';
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
  if (question.action === 'kms:retiregrant') return retirers(at, grant);
  const operation = question.action.slice('kms:'.length);
  if (!grant.operations.some((granted) => granted.toLowerCase() === operation)) {
    return { direct: formulas.never, role: formulas.never, account: formulas.never };
  }
  const who = compilePrincipal(at, principals(grant, [grant.grantee]));
  const what = constraints(at, grant);
  return {
    direct: formulas.all([who.direct, what]),
    role: formulas.all([who.role, what]),
    account: formulas.all([who.account, what]),
  };
}

// SOURCE: facts evaluation 13.10: by the retiring principal, by the grantee of a grant that says so,
// or by the account that issued it; constraints do not matter
function retirers(at: Compiling, grant: Grant): Named {
  const { retiringPrincipal, issuingAccount, operations, grantee } = grant;
  const issuer = issuingAccount ?? at.question.ownerId;
  return compilePrincipal(
    at,
    principals(grant, [
      ...(retiringPrincipal === undefined ? [] : [retiringPrincipal]),
      ...(operations.includes('RetireGrant') ? [grantee] : []),
      ...(issuer === undefined ? [] : [issuer]),
    ]),
  );
}

function principals({ span }: Grant, texts: readonly Text[]): PrincipalElement {
  const entries = texts.map((text) => {
    const type = parseCaller(text)?.kind === 'service' ? 'Service' : 'AWS';
    return { type, text, form: parsePrincipal(type, text), span } as const;
  });
  return { negated: false, entries, span };
}

function constraints(at: Compiling, grant: Grant): Formula<RequestAtom> {
  const { formulas, question } = at;
  const { encryptionContextEquals, encryptionContextSubset, sourceArn } = grant.constraints ?? {};
  if (question.action === 'kms:creategrant') return noWider(at, grant);
  const fromSource =
    sourceArn === undefined ? formulas.always : test(at, 'aws:SourceArn', sourceArn);
  // SOURCE: facts evaluation 13.9: DescribeKey carries no encryption context
  if (question.action === 'kms:describekey') return fromSource;
  return formulas.all([
    fromSource,
    encryptionContextEquals === undefined ? formulas.always : exactly(at, encryptionContextEquals),
    encryptionContextSubset === undefined ? formulas.always : atLeast(at, encryptionContextSubset),
  ]);
}

// SOURCE: facts kms-authz 70: a grant made under a grant allows at most what its parent does
function noWider(at: Compiling, grant: Grant): Formula<RequestAtom> {
  const { formulas } = at;
  const { encryptionContextEquals, encryptionContextSubset, sourceArn } = grant.constraints ?? {};
  const isEquals = test(at, 'kms:GrantConstraintType', 'EncryptionContextEquals');
  const isSubset = test(at, 'kms:GrantConstraintType', 'EncryptionContextSubset');
  return formulas.all([
    formulas.not(member(at, 'kms:GrantOperations', grant.operations, 'none')),
    sourceArn === undefined ? formulas.always : test(at, 'kms:GrantConstraintSourceArn', sourceArn),
    encryptionContextEquals === undefined
      ? formulas.always
      : formulas.all([isEquals, exactly(at, encryptionContextEquals)]),
    encryptionContextSubset === undefined
      ? formulas.always
      : formulas.all([formulas.any([isEquals, isSubset]), atLeast(at, encryptionContextSubset)]),
  ]);
}

function exactly(at: Compiling, pairs: ReadonlyMap<string, string>): Formula<RequestAtom> {
  const others = member(at, 'kms:EncryptionContextKeys', [...pairs.keys()], 'none');
  return at.formulas.all([atLeast(at, pairs), at.formulas.not(others)]);
}

function atLeast(at: Compiling, pairs: ReadonlyMap<string, string>): Formula<RequestAtom> {
  return at.formulas.all([...pairs].map(([key, value]) => pair(at, key, value)));
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
