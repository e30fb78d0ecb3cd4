import {
  actionNames,
  attemptsAtEverything,
  benchFor,
  findPlaced,
  hasHole,
  hasNoResource,
  isDoneBy,
  keyBenchFor,
  matchesAction,
  nameOf,
  nearestName,
  placedStatementsOf,
  rule,
  servicePrefixes,
  simulatedActions,
  subjectOf,
  type Place,
  type Severity,
  type Statement,
} from '../../src/rule.js';

/** An entry of `Action` or `NotAction` matches nothing that anybody can do. */
interface Claim {
  readonly place: Place;
  /** Which entry of the element, from 0. */
  readonly entry: number;
  /** What was most likely meant, such as `kms:Decrypt`. */
  readonly meant?: string;
}

export const actionMatchesNothing = rule<Claim>({
  meta: {
    id: 'action-matches-nothing',
    title: 'Action that AWS KMS does not have',
    severity: 'error',
    category: 'correctness',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html',
    ],
    presets: ['recommended', 'strict'],
  },

  *detect({ inventory }) {
    for (const { statement, document, owner, place } of placedStatementsOf(inventory)) {
      for (const [index, pattern] of statement.action?.patterns.entries() ?? []) {
        const problem =
          problemOf(pattern.text) ??
          (document.kind === 'key-policy'
            ? problemInKeyPolicy(pattern.text, statement)
            : undefined);
        if (problem === undefined) continue;
        const { message, why, fix, severity = 'error', meant } = problem;
        yield {
          claim: { place, entry: index, ...(meant === undefined ? {} : { meant }) },
          message,
          why: `${consequence(statement)}${why === undefined ? '' : `: ${why}`}`,
          fix,
          span: pattern.span,
          severity,
          address: owner.thing.address,
          subject: subjectOf(statement),
          kind: pattern.text.toLowerCase(),
          ...(statement.presence === undefined ? {} : { hangsOn: statement.presence }),
        };
      }
    }
  },

  scenario({ place, entry, meant }, inventory) {
    const placed = findPlaced(inventory, place);
    const pattern = placed?.statement.action?.patterns[entry];
    if (placed === undefined || pattern === undefined) {
      return { unsimulated: 'the action is not there' };
    }
    const isNamed = actionNames.some((action) => matchesAction(pattern.text, action) === true);
    if (isNamed && !hasNoResource(pattern.text) && !isTried(pattern.text)) {
      return { unsimulated: `the engine does not run \`${pattern.text}\`` };
    }
    const actions = [pattern.text];
    const bench =
      placed.document.kind === 'key-policy' ? keyBenchFor({ actions }) : benchFor({ actions });
    return {
      claims: 'cannot',
      stage: bench.stage,
      attempts: { kind: 'all', attempts: attemptsAtEverything(bench, meant) },
      succeeded: (exchanges) => isDoneBy(bench, exchanges),
    };
  },
});

function isTried(text: string): boolean {
  const others = ['kms:ReEncryptFrom', 'kms:RetireGrant'];
  return [...simulatedActions, ...others].some((action) => matchesAction(text, action) === true);
}

interface Problem {
  readonly message: string;
  readonly why?: string;
  readonly fix: string;
  readonly severity?: Severity;
  readonly meant?: string;
}

/** What keeps an entry from matching any action; `undefined` where it matches one, or may. */
function problemOf(text: string): Problem | undefined {
  if (hasHole(text) || /^\*+$/.test(text)) return undefined;
  const [prefix = '', name] = text.split(/:(.*)/s);
  if (name === undefined) return withoutPrefix(text);
  const service = prefix.toLowerCase();
  if (service === 'kms') {
    return actionNames.some((action) => matchesAction(text, action) === true)
      ? undefined
      : unknownAction(text);
  }
  if (/[*?]/.test(prefix)) {
    return {
      message: `\`${text}\` matches no action, as there are no wildcards before the colon`,
      fix: `write \`kms:${name}\``,
      meant: `kms:${name}`,
    };
  }
  if (servicePrefixes.includes(service) || !isSlip(service) || !isKms(name)) return undefined;
  // Which services there are only a table says, and AWS adds to them.
  return {
    message: `\`${text}\` matches no action of AWS KMS, as its prefix is \`${prefix}\``,
    fix: `write \`kms:${name}\``,
    severity: 'warning',
    meant: `kms:${name}`,
  };
}

/** Whether a prefix that no service has looks like a slip of `kms`. */
function isSlip(prefix: string): boolean {
  return prefix.length < 6 && nearestName(prefix, ['kms']) !== undefined;
}

function isKms(name: string): boolean {
  return actionNames.some((action) => matchesAction(`kms:${name}`, action) === true);
}

function withoutPrefix(text: string): Problem {
  const meant = isKms(text) ? `kms:${text}` : undefined;
  return {
    message: `\`${text}\` is no action, as it has no service prefix`,
    fix:
      meant === undefined
        ? 'write the prefix of the service, such as `kms:`'
        : `write \`${meant}\``,
    ...(meant === undefined ? { severity: 'warning' } : { meant }),
  };
}

function unknownAction(text: string): Problem {
  if (/^kms:ReEncrypt$/i.test(text)) {
    return {
      message: `\`${text}\` matches no action`,
      why: 'the `ReEncrypt` operation needs `kms:ReEncryptFrom` on the source key and `kms:ReEncryptTo` on the destination key, and there is no permission of its own name',
      fix: 'write `kms:ReEncrypt*`, or the one of the two that this side needs',
      meant: 'kms:ReEncrypt',
    };
  }
  const stem = text.replace(/\*+$/, '');
  const nearest = /[*?]/.test(stem) ? undefined : nearestName(stem, actionNames);
  const written = nearest === undefined ? undefined : nearest + text.slice(stem.length);
  return {
    message: `\`${text}\` matches no action`,
    why: 'AWS KMS has no permission of that name',
    fix:
      written === undefined ? 'take it out, or write an action of AWS KMS' : `write \`${written}\``,
    ...(nearest === undefined ? {} : { meant: nearest }),
  };
}

/** What keeps an entry from having an effect in a key policy, though it names an action. */
function problemInKeyPolicy(text: string, { effect }: Statement): Problem | undefined {
  if (hasHole(text) || /[*?]/.test(text)) return undefined;
  if (!/^kms:/i.test(text)) {
    return {
      message: `\`${text}\` has no effect in a key policy`,
      why: 'a key policy is about the actions of AWS KMS on its own key',
      fix: 'move it to an IAM policy',
      severity: 'warning',
    };
  }
  if (hasNoResource(text)) {
    return {
      message: `\`${text}\` has no effect in a key policy`,
      why: 'it is no action on a key, so that IAM policies alone allow or deny it',
      fix: 'move it to an IAM policy, with `"Resource": "*"`',
      severity: 'warning',
      meant: text,
    };
  }
  // SOURCE: facts evaluation 13.10: a Deny on it does work
  if (effect === 'Allow' && /^kms:RetireGrant$/i.test(text)) {
    return {
      message: `\`${text}\` has no effect in a key policy`,
      why: 'who may retire a grant follows from the grant: its retiring principal, its grantee where the grant says so, and the account that made it',
      fix: 'take it out; name a retiring principal when the grant is made, or use `kms:RevokeGrant`',
      severity: 'info',
      meant: 'kms:RetireGrant',
    };
  }
  return undefined;
}

function consequence(statement: Statement): string {
  const name = nameOf(statement);
  if (statement.action?.negated === true) return `${name} leaves out nothing by it`;
  return `${name} ${statement.effect === 'Allow' ? 'allows' : 'denies'} nothing by it`;
}
