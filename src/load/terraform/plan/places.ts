import { parseArn } from '../../../policy/index.js';
import { find, hasHole, itemsOf, textOf, type Node, type Text } from '../../../source/index.js';
import type { LoadSettings } from '../../loader.js';
import { passedText } from '../../passed.js';
import { placeOf } from '../place.js';
import type { Place } from '../resource.js';
import { plannedBefore, type Planned } from './changes.js';
import { providerKeyOf, referencesOf, type Module } from './configuration.js';

/** Where each resource is created, by its provider's configuration. */
export function createPlaces(
  plan: Node,
  planned: readonly Planned[],
  unit: string,
  settings: LoadSettings,
): (module: Module | undefined, one: Planned) => Place {
  const providers = find(find(plan, 'configuration'), 'provider_config');
  // What a plan deletes stood in the same account.
  const account = accountIn([...planned, ...(plannedBefore(plan) ?? [])]);
  return (module, one) => {
    const key = module && providerKeyOf(module, one.configAddress);
    const expressions = find(providerOf(key ?? 'aws', providers), 'expressions');
    const region = regionOf(one) ?? constantOf(find(expressions, 'region'), plan);
    const [allowed, ...others] = itemsOf(
      find(find(expressions, 'allowed_account_ids'), 'constant_value'),
    );
    const given = others.length === 0 ? passedText(allowed) : undefined;
    const alias = textOf(find(find(expressions, 'alias'), 'constant_value'));
    const provider = alias === undefined ? 'aws' : `aws.${alias}`;
    const place = placeOf({ unit, provider, settings, account: given ?? account, region });
    return { ...place, ...placeInArn(one) };
  };
}

/** What exists already is where its ARN says, as far as that says anything: the ARN of a bucket does not. */
function placeInArn({ values }: Planned): Partial<Place> {
  const arn = parseArn(passedText(find(values, 'arn')) ?? '');
  if (arn === undefined || hasHole(arn.account) || hasHole(arn.region)) return {};
  return {
    partition: arn.partition,
    ...(/^\d{12}$/.test(arn.account) && { account: arn.account }),
    ...(arn.region !== '' && { region: arn.region }),
  };
}

/** A module that configures no provider of its own has its caller's, which the plan lists without the module. */
function providerOf(key: string, providers: Node | undefined): Node | undefined {
  return find(providers, key) ?? find(providers, key.slice(key.lastIndexOf(':') + 1));
}

/** The argument `region`, which resources have since version 6 of the provider. */
function regionOf({ values }: Planned): Text | undefined {
  const region = passedText(find(values, 'region'));
  return region === undefined || hasHole(region) ? undefined : region;
}

/** A value that is written down, or that of the variable of the root module that it names. */
function constantOf(expression: Node | undefined, plan: Node): Text | undefined {
  const constant = passedText(find(expression, 'constant_value'));
  if (constant !== undefined) return constant;
  const [reference, ...others] = referencesOf(expression);
  const name = /^var\.(.+)$/.exec(reference ?? '')?.[1];
  if (name === undefined || others.length > 0) return undefined;
  return passedText(find(find(find(plan, 'variables'), name), 'value'));
}

/** The account that Terraform itself found out, or that existing resources stand in. */
function accountIn(planned: readonly Planned[]): string | undefined {
  const identity = planned.find(({ type }) => type === 'aws_caller_identity');
  const read = passedText(find(identity?.values, 'account_id'));
  if (read !== undefined) return read;
  const accounts = new Set(
    planned
      .filter(({ mode }) => mode === 'managed')
      .flatMap(
        ({ values }) =>
          /^arn:[^:]*:[^:]+:[^:]*:(\d{12}):/.exec(passedText(find(values, 'arn')) ?? '')?.[1] ?? [],
      ),
  );
  return accounts.size === 1 ? [...accounts][0] : undefined;
}
