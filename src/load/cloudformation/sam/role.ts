import { find, textOf, type Node, type Span } from '../../../source/index.js';
import { listNode, mappingNode, textNode } from '../../make-node.js';
import type { Resource } from '../template.js';
import { policiesOf } from './policies.js';

/** What a serverless resource adds to the role that is made for it, beside its `Policies`. */
export interface RoleAdditions {
  readonly service: string;
  readonly trust?: Node | undefined;
  readonly managed?: readonly Node[];
  readonly inline?: readonly Node[];
}

/**
 * The execution role that SAM makes for a function or state machine without one: `<id>Role`, whose
 * name CloudFormation makes up.
 */
export function roleFor(
  resource: Resource,
  properties: Node | undefined,
  additions: RoleAdditions,
): Resource | undefined {
  const given = find(properties, 'Role');
  if (given && !mayBeNothing(given)) return undefined;
  const id = `${resource.id}Role`;
  const { idSpan: span } = resource;
  const own = policiesOf(find(properties, 'Policies'), id);
  return madeFor(resource, id, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: additions.trust ?? trustIn(additions.service, span),
    ManagedPolicyArns: listNode([...(additions.managed ?? []), ...own.managed], span),
    Policies: listNode([...(additions.inline ?? []), ...own.inline], span),
    PermissionsBoundary: find(properties, 'PermissionsBoundary'),
    Path: find(properties, 'RolePath'),
    Tags: tagsOf(find(properties, 'Tags'), span),
  });
}

/** A resource that SAM makes beside the one that the template has. */
export function madeFor(
  resource: Resource,
  id: string,
  type: string,
  properties: Readonly<Record<string, Node | undefined>>,
): Resource {
  const { idSpan, span, condition } = resource;
  return {
    id,
    idSpan,
    span,
    type,
    properties: mappingNode(properties, idSpan),
    ...(condition !== undefined && { condition }),
  };
}

function mayBeNothing(node: Node): boolean {
  if (textOf(find(node, 'Ref')) === 'AWS::NoValue') return true;
  const choice = find(node, 'Fn::If');
  return choice?.kind === 'sequence' && choice.items.slice(1).some(mayBeNothing);
}

function trustIn(service: string, span: Span): Node {
  const statement = {
    Effect: textNode('Allow', span),
    Principal: mappingNode({ Service: textNode(service, span) }, span),
    Action: textNode('sts:AssumeRole', span),
  };
  const Version = textNode('2012-10-17', span);
  return mappingNode({ Version, Statement: mappingNode(statement, span) }, span);
}

/** SAM's tags are a mapping, and it adds one of its own. */
function tagsOf(tags: Node | undefined, span: Span): Node {
  const mark = tagNode('lambda:createdBy', textNode('SAM', span));
  const entries = tags?.kind === 'mapping' ? tags.entries : [];
  return listNode([mark, ...entries.map(({ key, value }) => tagNode(key, value))], span);
}

function tagNode(key: string, value: Node): Node {
  return mappingNode({ Key: textNode(key, value.span), Value: value }, value.span);
}
