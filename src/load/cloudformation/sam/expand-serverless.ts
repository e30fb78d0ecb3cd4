import { find, type Entry, type Node } from '../../../source/index.js';
import { lookup } from '../../lookup.js';
import type { Resource, Template } from '../template.js';
import { expandConnector, expandOwnConnectors } from './connector.js';
import { eventsOf, sourcesOf } from './events.js';
import { expandFunction } from './function.js';
import { withGlobals } from './globals.js';
import { managedNamed } from './policies.js';
import { madeFor, roleFor } from './role.js';

/**
 * The template that SAM makes of one with serverless resources, as far as keys, principals, policies
 * and what uses keys go.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html
 */
export function expandServerless(template: Template): Template {
  const all = [...template.resources.values()];
  if (!all.some(isServerless)) return template;
  const resources = all.flatMap((resource) => [
    ...(isServerless(resource) ? expand(resource, template) : [resource]),
    ...expandOwnConnectors(resource, template),
  ]);
  return { ...template, resources: new Map(resources.map((made) => [made.id, made])) };
}

function isServerless({ type }: Resource): boolean {
  return type.startsWith('AWS::Serverless::');
}

/** Types that become one of CloudFormation's, and the properties that are named differently there. */
const renamed: Readonly<Record<string, readonly [string, Readonly<Record<string, string>>]>> = {
  SimpleTable: ['AWS::DynamoDB::Table', {}],
  Api: ['AWS::ApiGateway::RestApi', {}],
  HttpApi: ['AWS::ApiGatewayV2::Api', {}],
  LayerVersion: ['AWS::Lambda::LayerVersion', {}],
  Application: ['AWS::CloudFormation::Stack', { Location: 'TemplateURL' }],
  GraphQLApi: ['AWS::AppSync::GraphQLApi', {}],
  CapacityProvider: ['AWS::Lambda::CapacityProvider', {}],
  StateMachine: ['AWS::StepFunctions::StateMachine', { Name: 'StateMachineName' }],
};

function expand(resource: Resource, template: Template): readonly Resource[] {
  const properties = withGlobals(resource, template.globals);
  const name = resource.type.replace('AWS::Serverless::', '');
  if (name === 'Function') return expandFunction(resource, properties);
  if (name === 'Connector') return expandConnector(resource, properties, template);
  const [type, names] = lookup(renamed, name) ?? [resource.type, {}];
  const own = properties && withNames(properties, names);
  const made = { ...resource, type, ...(own && { properties: own }) };
  if (name === 'StateMachine') {
    const role = stateMachineRole(resource, properties);
    return [made, ...(role ? [role] : []), ...sourcesOf(resource, eventsOf(properties))];
  }
  if (name !== 'CapacityProvider' || find(properties, 'OperatorRole')) return [made];
  return [made, operatorRole(resource)];
}

function withNames(properties: Node, names: Readonly<Record<string, string>>): Node {
  if (properties.kind !== 'mapping') return properties;
  const rename = (entry: Entry): Entry => ({
    ...entry,
    key: lookup(names, entry.key) ?? entry.key,
  });
  return { ...properties, entries: properties.entries.map(rename) };
}

function stateMachineRole(resource: Resource, properties: Node | undefined): Resource | undefined {
  const enabled = find(find(properties, 'Tracing'), 'Enabled');
  const isTraced = enabled?.kind === 'scalar' && enabled.value === true;
  return roleFor(resource, properties, {
    service: 'states.amazonaws.com',
    managed: isTraced ? [managedNamed('AWSXrayWriteOnlyAccess', resource.idSpan)] : [],
  });
}

function operatorRole(resource: Resource): Resource {
  const made = roleFor(resource, undefined, {
    service: 'lambda.amazonaws.com',
    managed: [managedNamed('AWSLambdaManagedEC2ResourceOperator', resource.idSpan)],
  });
  const id = `${resource.id}OperatorRole`;
  return made ? { ...made, id } : madeFor(resource, id, 'AWS::IAM::Role', {});
}
