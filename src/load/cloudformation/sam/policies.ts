import { find, itemsOf, textOf, type Node, type Span } from '../../../source/index.js';
import { lookup } from '../../lookup.js';
import { listNode, mappingNode, textNode } from '../../make-node.js';
import { actionsIn } from '../../spelled-actions.js';
import { isFunction } from './globals.js';
import { policyTemplates, type TemplateStatement } from './policy-templates.js';

/** What `Policies` of a serverless resource gives to the role that is made for it. */
export interface RolePolicies {
  /** ARNs of managed policies. */
  readonly managed: readonly Node[];
  /** Items as a role's `Policies` has them. */
  readonly inline: readonly Node[];
}

/**
 * Takes `Policies` apart: names and ARNs of managed policies, documents, policy templates, and
 * `Fn::If` around any of them.
 */
export function policiesOf(node: Node | undefined, roleId: string): RolePolicies {
  const parts = itemsOf(node).map((item, index) => partOf(item, `${roleId}Policy${String(index)}`));
  return {
    managed: parts.flatMap(({ managed }) => managed ?? []),
    inline: parts.flatMap(({ inline }) => inline ?? []),
  };
}

interface Part {
  readonly managed?: Node;
  readonly inline?: Node;
}

function partOf(item: Node, name: string): Part {
  const text = textOf(item);
  if (text !== undefined) return { managed: managedNamed(text, item.span) };
  const choice = find(item, 'Fn::If');
  if (choice?.kind === 'sequence' && isFunction(item)) return choiceOf(choice.items, item, name);
  if (isFunction(item)) return { managed: item };
  if (item.kind !== 'mapping') return { inline: inlinePolicy(name, item) };
  const [only] = item.entries;
  const template =
    only && item.entries.length === 1 ? lookup(policyTemplates, only.key) : undefined;
  if (only && template) return { inline: inlinePolicy(name, filled(template, only.value, item)) };
  const isDocument = find(item, 'Statement') !== undefined;
  return { inline: inlinePolicy(name, isDocument ? item : unknownTemplate(item)) };
}

/** A policy template that is not known here may allow anything, like any macro. */
function unknownTemplate(item: Node): Node {
  return mappingNode({ 'Fn::Transform': item }, item.span);
}

function choiceOf([condition, ...branches]: readonly Node[], item: Node, name: string): Part {
  const parts = branches.map((branch) => (isNothing(branch) ? {} : partOf(branch, name)));
  const none = mappingNode({ Ref: textNode('AWS::NoValue', item.span) }, item.span);
  const choose = (picked: readonly (Node | undefined)[]): Node | undefined => {
    if (!condition || picked.every((node) => node === undefined)) return undefined;
    const list = listNode([condition, ...picked.map((node) => node ?? none)], item.span);
    return mappingNode({ 'Fn::If': list }, item.span);
  };
  const managed = choose(parts.map((part) => part.managed));
  const inline = choose(parts.map((part) => part.inline));
  return { ...(managed && { managed }), ...(inline && { inline }) };
}

function isNothing(node: Node): boolean {
  return textOf(find(node, 'Ref')) === 'AWS::NoValue';
}

/** A managed policy by its ARN, or by the name of one that AWS manages. */
export function managedNamed(name: string, span: Span): Node {
  return name.startsWith('arn:')
    ? textNode(name, span)
    : substitution(`arn:\${AWS::Partition}:iam::aws:policy/${name}`, undefined, span);
}

export function inlinePolicy(name: string, document: Node): Node {
  const PolicyName = textNode(name, document.span);
  return mappingNode({ PolicyName, PolicyDocument: document }, document.span);
}

/** A document of one statement that allows an action on a resource. */
export function allowing(actions: readonly string[], resource: Node): Node {
  const { span } = resource;
  const statement = {
    Effect: textNode('Allow', span),
    Action: listNode(
      actions.map((action) => textNode(action, span)),
      span,
    ),
    Resource: resource,
  };
  return documentOf([mappingNode(statement, span)], span);
}

function documentOf(statements: readonly Node[], span: Span): Node {
  const Version = textNode('2012-10-17', span);
  return mappingNode({ Version, Statement: listNode(statements, span) }, span);
}

function filled(template: readonly TemplateStatement[], parameters: Node, { span }: Node): Node {
  return documentOf(
    template.map(([actions, resources, condition]) => {
      const arn = (spelled: string): Node => arnNode(spelled, parameters, span);
      const equals = condition && mappingNode({ [condition[0]]: arn(condition[1]) }, span);
      return mappingNode(
        {
          Effect: textNode('Allow', span),
          Action: listNode(
            actionsIn(actions).map((action) => textNode(action, span)),
            span,
          ),
          Resource: listNode(resources.split(' ').map(arn), span),
          Condition: equals && mappingNode({ StringEquals: equals }, span),
        },
        span,
      );
    }),
    span,
  );
}

function arnNode(spelled: string, parameters: Node, span: Span): Node {
  if (spelled === '*') return textNode(spelled, span);
  const place = spelled.replace('@', '${AWS::Region}:${AWS::AccountId}').replaceAll('{', '${');
  const text = place.replaceAll('$${', '${');
  const isWhole = spelled.startsWith('{');
  return substitution(isWhole ? text : `arn:\${AWS::Partition}:${text}`, parameters, span);
}

function substitution(text: string, parameters: Node | undefined, span: Span): Node {
  const template = textNode(text, span);
  const argument = parameters ? listNode([template, parameters], span) : template;
  return mappingNode({ 'Fn::Sub': argument }, span);
}
