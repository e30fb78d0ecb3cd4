/** A wrong compiler: `find` occurs once in `file`, and is replaced. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const folder = 'src/authorization/compile';

export const mutants: readonly Mutant[] = [
  {
    name: 'drops the absent branch of negated operators',
    file: `${folder}/single-condition.ts`,
    find: 'return operator.ifExists || operator.negated ? formulas.any([missing, satisfied]) : satisfied;',
    replace: 'return operator.ifExists ? formulas.any([missing, satisfied]) : satisfied;',
  },
  {
    name: 'treats ForAllValues as ForAnyValue',
    file: `${folder}/set-condition.ts`,
    find: "if (operator.quantifier === 'ForAllValues') return formulas.not(someOtherwise);",
    replace: '',
  },
  {
    name: 'ignores case where it counts',
    file: `${folder}/operators.ts`,
    find: 'ignoreCase: operator.ignoreCase,',
    replace: 'ignoreCase: true,',
  },
  {
    name: 'forgets the denies of the key policy',
    file: `${folder}/residual.ts`,
    find: 'resource?.denies ?? formulas.never,',
    replace: 'formulas.never,',
  },
  {
    name: 'ignores the boundary of a role that is named',
    file: `${folder}/residual.ts`,
    find: 'formulas.all([named.role, boundary.allows]),',
    replace: 'named.role,',
  },
  {
    name: 'lets the key policy alone admit other accounts',
    file: `${folder}/residual.ts`,
    find: 'formulas.all([anyNaming(named), own]),',
    replace: 'anyNaming(named),',
  },
  {
    name: 'lets an account principal allow directly',
    file: `${folder}/principal.ts`,
    find: "if ((caller.kind === 'root') !== (naming === 'direct') || naming === 'role') return never;",
    replace: "if (naming !== 'direct') return never;",
  },
  {
    name: 'frees kms:CallerAccount',
    file: `${folder}/variables.ts`,
    find: "['kms:calleraccount', carried((question) => fixed(callerAccountId(question)))],",
    replace: "['kms:calleraccount', carried((_, spelling) => always(spelling))],",
  },
  {
    name: 'takes a service of any Region',
    file: `${folder}/call-keys.ts`,
    find: "pattern: `*.${region ?? '*'}.amazonaws.com`",
    replace: 'pattern: `*.${region === undefined ? "*" : "*"}.amazonaws.com`',
  },
  {
    name: 'takes EncryptionContextEquals for a subset',
    file: `${folder}/grant.ts`,
    find: 'return at.formulas.all([atLeast(at, pairs), at.formulas.not(others)]);',
    replace: 'return others === at.formulas.always ? others : atLeast(at, pairs);',
  },
  {
    name: 'ignores the denies of RCPs',
    file: `${folder}/limits.ts`,
    find: 'denies: at.formulas.any(compiled.map(({ denies }) => denies)),',
    replace: 'denies: compiled.length === 0 ? at.formulas.never : at.formulas.never,',
  },
  {
    name: 'needs one level of SCPs instead of all',
    file: `${folder}/limits.ts`,
    find: 'allows: formulas.all(pooled.map(({ allows }) => allows)),',
    replace: 'allows: formulas.any(pooled.map(({ allows }) => allows)),',
  },
  {
    name: 'gives requests through an endpoint a source address',
    file: `${folder}/path.ts`,
    find: "if (mustExist(addressKey) || isWithout) return 'impossible';",
    replace: "if (isWithout) return 'impossible';",
  },
];
