import { parseArn } from '../../../policy/index.js';
import { hasHole, type Mapping, type Node, type Span, type Text } from '../../../source/index.js';
import type { LoadSettings } from '../../loader.js';
import { textNode } from '../../make-node.js';
import { attributeOf } from '../attributes.js';
import { policyDocument } from '../policy-document.js';
import { attributeHole, type Place, type Resource } from '../resource.js';
import { textAt, valueAt } from '../values.js';
import { evaluate } from './evaluate.js';
import { renderTemplate } from './evaluate-template.js';
import { decoded } from './functions/index.js';
import type { Context } from './scope.js';
import { asText, encoded } from './value.js';

/** What an attribute of a data source gives: what exists already, as far as the configuration tells. */
export function dataAttribute(
  data: Resource,
  name: string,
  span: Span,
  settings: LoadSettings,
  context: Context,
): Node {
  if (data.type === 'aws_iam_policy_document' && /^(?:minified_)?json$/.test(name)) {
    return documentOf(data, context);
  }
  if (data.type === 'template_file' && name === 'rendered') return rendered(data, span, context);
  const text = knownText(data, name, settings);
  if (text !== undefined) return textNode(text, span);
  return attributeOf(asExisting(data), name, span);
}

function documentOf({ body, span }: Resource, { scope }: Context): Node {
  const parse = (json: Node): Node | undefined => {
    if (json.kind === 'unresolved' && json.alternatives) {
      return {
        ...json,
        alternatives: json.alternatives.map((form) => form && (parse(form) ?? form)),
      };
    }
    const text = asText(json);
    // An argument that is null or empty is one that is left out.
    if (text === '' || (json.kind === 'scalar' && json.value === null)) {
      return { kind: 'mapping', entries: [], span: json.span };
    }
    return decoded(json);
  };
  scope.budget.steps += 1;
  return encoded(policyDocument(body, span, parse));
}

/** The data source of Terraform's old provider for templates. */
function rendered(data: Resource, span: Span, context: Context): Node {
  const template = valueAt(data.body, 'template');
  const text = template && asText(template);
  const names = valueAt(data.body, 'vars');
  if (text === undefined || hasHole(text)) return textNode(attributeHole(data, 'rendered'), span);
  const given = names?.kind === 'mapping' ? names.entries : [];
  const values = new Map(given.map(({ key, value }) => [key, value]));
  return renderTemplate({ path: span.source.path, text }, values, context, evaluate);
}

function knownText(data: Resource, name: string, settings: LoadSettings): Text | undefined {
  const { account, region, partition } = data.place;
  switch (data.type) {
    case 'aws_caller_identity':
      return name === 'account_id' || name === 'id' ? account : undefined;
    case 'aws_region':
      return /^(?:name|region|id)$/.test(name) ? (textAt(data, 'region') ?? region) : undefined;
    case 'aws_partition':
      return partitionText(data.place, name);
    case 'aws_organizations_organization':
      return name === 'id' ? settings.organization : undefined;
    case 'aws_service_principal': {
      const service = textAt(data, 'service_name');
      return service !== undefined && /^(?:name|id)$/.test(name)
        ? `${service}.amazonaws.com`
        : undefined;
    }
    case 'aws_arn':
      return partOfArn(textAt(data, 'arn'), name);
    case 'aws_kms_key':
      return keyText(data, name);
    case 'aws_kms_alias':
      return name === 'target_key_arn'
        ? `arn:${partition}:kms:${region}:${account}:key/${attributeHole(data, 'target_key_id')}`
        : undefined;
  }
  return undefined;
}

function partitionText({ partition }: Place, name: string): Text | undefined {
  if (name === 'partition' || name === 'id') return partition;
  if (name === 'reverse_dns_prefix') return hasHole(partition) ? undefined : 'com.amazonaws';
  if (name !== 'dns_suffix' || hasHole(partition)) return undefined;
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}

function partOfArn(text: Text | undefined, name: string): Text | undefined {
  const arn = text === undefined ? undefined : parseArn(text);
  if (arn === undefined) return undefined;
  const { partition, service, region, account, resource } = arn;
  return new Map(Object.entries({ partition, service, region, account, resource })).get(name);
}

/** A key that exists is named by an id, an alias or an ARN; only an id or its ARN tells the key's own ARN. */
function keyText(data: Resource, name: string): Text | undefined {
  const given = textAt(data, 'key_id');
  if (given === undefined) return undefined;
  const { account, region, partition } = data.place;
  const arn = parseArn(given);
  const isAlias = given.startsWith('alias/') || (arn?.resource.startsWith('alias/') ?? false);
  const id = isAlias ? attributeHole(data, 'id') : (arn?.resource.replace(/^key\//, '') ?? given);
  if (name === 'id' || name === 'key_id') return name === 'key_id' ? given : id;
  if (name !== 'arn') return undefined;
  if (arn && !isAlias) return given;
  const whose = `${arn?.region ?? region}:${arn?.account ?? account}`;
  return `arn:${arn?.partition ?? partition}:kms:${whose}:key/${id}`;
}

/** What exists already may have a path that the configuration does not say. */
function asExisting(data: Resource): Resource {
  if (!/^aws_iam_(?:role|user|group|policy|instance_profile)$/.test(data.type)) return data;
  if (textAt(data, 'path') !== undefined) return data;
  const path = textNode(attributeHole(data, 'path'), data.span);
  const entry = { key: 'path', keySpan: data.span, value: path };
  const renamed = new Map([
    ['role_name', 'name'],
    ['user_name', 'name'],
    ['group_name', 'name'],
  ]);
  const body: Mapping = {
    ...data.body,
    entries: [
      ...data.body.entries.map((each) => {
        const key = renamed.get(each.key);
        return key === undefined ? each : { key, keySpan: each.keySpan, value: each.value };
      }),
      entry,
    ],
  };
  return { ...data, body };
}
