import { hasHole, type Mapping, type Node, type Text } from '../source/index.js';
import type { Condition } from './document.js';
import { effectiveEntries, hintFor, problem } from './elements.js';
import { IF_EXISTS, operatorNames, parseOperator, type Operator } from './operator.js';
import { describe, parseItems, unknownShape, type Report } from './values.js';

export interface ParsedConditions {
  readonly conditions: readonly Condition[];
  /** Holes for operators or whole blocks that are known only at deployment. */
  readonly unknown: readonly Text[];
  /** Why the block cannot be trusted, where it cannot. */
  readonly fault?: string;
}

/** Reads a `Condition` block: operators over keys over values. */
export function parseConditions(node: Node, report: Report): ParsedConditions {
  const hidden = unknownShape(node);
  if (hidden !== undefined) return { conditions: [], unknown: [hidden] };
  if (node.kind !== 'mapping') {
    const fault = `the Condition is ${describe(node)}, not an object of operators`;
    report(problem('policy-wrong-type', fault, node.span, CONDITION_SHAPE));
    return { conditions: [], unknown: [], fault };
  }
  const blocks = effectiveEntries(node).map((entry): ParsedConditions => {
    const operator = parseOperator(entry.key);
    if (operator === undefined) {
      const fault = `\`${entry.key}\` is not a condition operator`;
      report(problem('policy-unknown-operator', fault, entry.keySpan, operatorHint(entry.key)));
      return { conditions: [], unknown: [], fault };
    }
    const block = unknownShape(entry.value);
    if (block !== undefined) return { conditions: [], unknown: [block] };
    if (entry.value.kind !== 'mapping') {
      const fault = `the operator \`${entry.key}\` holds ${describe(entry.value)}, not an object of condition keys`;
      report(problem('policy-wrong-type', fault, entry.value.span, CONDITION_SHAPE));
      return { conditions: [], unknown: [], fault };
    }
    return parseKeys(operator, entry.key, entry.keySpan, entry.value, report);
  });
  return joined(blocks);
}

const CONDITION_SHAPE = 'write `{"StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}}`';

function parseKeys(
  operator: Operator,
  operatorText: string,
  operatorSpan: Condition['operatorSpan'],
  keys: Mapping,
  report: Report,
): ParsedConditions {
  const parsed = effectiveEntries(keys).map((entry): ParsedConditions => {
    const values = parseItems(entry.value, `the condition on \`${entry.key}\``, 'scalars', report);
    if (values === undefined) {
      return {
        conditions: [],
        unknown: [],
        fault: `the values of \`${entry.key}\` are no strings`,
      };
    }
    const condition = {
      operator,
      operatorText,
      operatorSpan,
      key: entry.key,
      keySpan: entry.keySpan,
      values,
      span: { ...entry.keySpan, end: Math.max(entry.keySpan.end, entry.value.span.end) },
    };
    // Which key it is about, and so whether it holds, is known only at deployment.
    return hasHole(entry.key)
      ? { conditions: [], unknown: [entry.key] }
      : { conditions: [condition], unknown: [] };
  });
  return joined(parsed);
}

function joined(parts: readonly ParsedConditions[]): ParsedConditions {
  const fault = parts.find((part) => part.fault !== undefined)?.fault;
  return {
    conditions: parts.flatMap(({ conditions }) => conditions),
    unknown: parts.flatMap(({ unknown }) => unknown),
    ...(fault === undefined ? {} : { fault }),
  };
}

function operatorHint(text: string): string {
  const [last = '', quantifier] = text.split(':').reverse();
  const prefix =
    quantifier === undefined
      ? ''
      : quantifier.toLowerCase().startsWith('foran')
        ? 'ForAnyValue:'
        : 'ForAllValues:';
  const ifExists = /ifexists$/i.test(last) && !/^null/i.test(last) ? IF_EXISTS : '';
  const hint = hintFor(last.replace(/ifexists$/i, ''), operatorNames, '');
  return hint === ''
    ? 'use one of IAM’s condition operators, such as `StringEquals`'
    : hint.replace(/`(.*)`/, `\`${prefix}$1${ifExists}\``);
}
