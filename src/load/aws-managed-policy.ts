import { parseArn } from '../policy/index.js';
import { hasHole, type Node, type Span, type Text } from '../source/index.js';
import { awsManagedPolicies, type ManagedStatement } from './aws-managed-policies.js';
import { listNode, mappingNode, textNode } from './make-node.js';
import { actionsIn } from './spelled-actions.js';
import { lookup } from './lookup.js';

/**
 * The document of a managed policy of AWS's, by its ARN, as far as it is known here. It stands at
 * `span`, where the policy is named.
 */
export function awsManagedPolicy(arn: Text, span: Span): Node | undefined {
  const statements = lookup(awsManagedPolicies, nameOfAwsPolicy(arn) ?? '');
  if (statements === undefined) return undefined;
  const partition = parseArn(arn)?.partition ?? 'aws';
  const nodes = statements.map((statement) => statementNode(statement, partition, span));
  const Version = textNode('2012-10-17', span);
  return mappingNode({ Version, Statement: listNode(nodes, span) }, span);
}

/** The name in the ARN of a managed policy of AWS's, which is unique whatever its path. */
export function nameOfAwsPolicy(arn: Text): string | undefined {
  const { service, account, resource = '' } = parseArn(arn) ?? {};
  if (service !== 'iam' || account !== 'aws' || hasHole(resource)) return undefined;
  return /^policy\/(?:.*\/)?([^/]+)$/.exec(resource)?.[1];
}

function statementNode(
  { effect, actions, otherThan, on, condition }: ManagedStatement,
  partition: Text,
  span: Span,
): Node {
  const list = (texts: readonly Text[]): Node =>
    listNode(
      texts.map((text) => textNode(text, span)),
      span,
    );
  const resources = (on ?? '*').replaceAll('arn:aws:', `arn:${partition}:`).split(' ');
  return mappingNode(
    {
      Effect: textNode(effect ?? 'Allow', span),
      Action: actions === undefined ? undefined : list(actionsIn(actions)),
      NotAction: otherThan === undefined ? undefined : list(actionsIn(otherThan)),
      Resource: list(resources),
      Condition: condition && conditionNode(condition, list, span),
    },
    span,
  );
}

function conditionNode(
  condition: NonNullable<ManagedStatement['condition']>,
  list: (texts: readonly Text[]) => Node,
  span: Span,
): Node {
  const operators = Object.entries(condition).map(([operator, keys]) => {
    const values = Object.entries(keys).map(([key, value]) => [key, list([value].flat())]);
    return [operator, mappingNode(Object.fromEntries(values) as Record<string, Node>, span)];
  });
  return mappingNode(Object.fromEntries(operators) as Record<string, Node>, span);
}
