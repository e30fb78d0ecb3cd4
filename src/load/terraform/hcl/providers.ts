import { parseArn } from '../../../policy/index.js';
import { find, hasHole, type Text } from '../../../source/index.js';
import type { LoadSettings } from '../../loader.js';
import { passedText } from '../../passed.js';
import { placeOf } from '../place.js';
import type { Place } from '../resource.js';
import { valuesAt } from '../values.js';
import { bodyNode } from './body-node.js';
import type { Scope } from './scope.js';
import { attributeIn, type Block, type Expression } from './syntax.js';

/** A provider as resources name it. */
export interface Provider {
  /** `aws`, or `aws.west` where it has an alias; with the address of its module where that is not the root. */
  readonly key: string;
  readonly region: Text | undefined;
  readonly account: Text | undefined;
}

/** The providers of a module, by the names that it has for them. */
export type Providers = ReadonlyMap<string, Provider>;

const preset: Provider = { key: 'aws', region: undefined, account: undefined };

/** The providers that a module configures itself, beside those that its caller passes to it. */
export function providersOf(blocks: readonly Block[], passed: Providers, scope: Scope): Providers {
  const own = blocks
    .filter(({ labels }) => labels[0] === 'aws')
    .map((block) => {
      const body = bodyNode(block.body, { scope, names: new Map() }, 'provider.aws', block.span);
      const alias = passedText(find(body, 'alias'));
      const name = alias === undefined ? 'aws' : `aws.${alias}`;
      const [allowed, ...others] = valuesAt(body, 'allowed_account_ids');
      const [assumed] = valuesAt(body, 'assume_role[].role_arn');
      const role = passedText(assumed);
      const account = others.length === 0 ? passedText(allowed) : undefined;
      const region = passedText(find(body, 'region'));
      const provider: Provider = {
        key: `${scope.prefix}${name}`,
        region,
        account: account ?? (role === undefined ? undefined : parseArn(role)?.account),
      };
      return [name, provider] as const;
    });
  return new Map([...passed, ...own]);
}

/** What `providers = { aws = aws.west }` of a call passes to a module, which inherits the default one anyway. */
export function passedProviders(call: Block, around: Providers): Providers {
  const main = around.get('aws');
  const passed = new Map<string, Provider>(main ? [['aws', main]] : []);
  const given = attributeIn(call.body, 'providers')?.value;
  if (given?.kind !== 'object') return passed;
  for (const { key, value } of given.entries) {
    const name = nameIn(key);
    const provider = around.get(nameIn(value) ?? '');
    if (name !== undefined && provider) passed.set(name, provider);
  }
  return passed;
}

/** Where a resource is created. */
export function placeIn(
  providers: Providers,
  body: Block['body'],
  region: Text | undefined,
  unit: string,
  settings: LoadSettings,
): Place {
  const name = nameIn(attributeIn(body, 'provider')?.value) ?? 'aws';
  const provider = providers.get(name) ?? { ...preset, key: name };
  return placeOf({
    unit,
    provider: provider.key,
    settings,
    account: provider.account,
    region: region === undefined || hasHole(region) ? provider.region : region,
  });
}

/** `aws.west`, which is a name and no value. */
function nameIn(expression: Expression | undefined): string | undefined {
  if (expression?.kind === 'name') return expression.name;
  if (expression?.kind === 'attribute') {
    const of = nameIn(expression.of);
    return of === undefined ? undefined : `${of}.${expression.name}`;
  }
  // In JSON, a name is a text, or a template around it.
  if (expression?.kind === 'literal') {
    return typeof expression.value === 'string' ? expression.value : undefined;
  }
  const [only] = expression?.kind === 'template' ? expression.parts : [];
  return only?.kind === 'value' ? nameIn(only.value) : undefined;
}
