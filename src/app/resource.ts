import { findKey, type Inventory } from '../inventory/index.js';
import { parseArn } from '../policy/index.js';
import { showText, type Text } from '../source/index.js';
import { mistake, type Mistake } from './mistake.js';
import { didYouMean } from './nearest.js';

/**
 * The ARN of the resource that a text names: of a key by any of its names, of a bucket, queue, topic or
 * secret by its name or logical id, and of an object as `<bucket>/<object key>`.
 */
export function resourceNamed(
  text: string,
  action: string,
  inventory: Inventory,
): { readonly resource: Text } | Mistake {
  if (action.toLowerCase().startsWith('kms:'))
    return { resource: findKey(inventory, text)?.arn ?? text };
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  const resource =
    text === '*' || parseArn(text) !== undefined ? text : arnOf(text, service, inventory);
  if (resource === undefined) return unknownResource(text, service, inventory);
  return isOfObjects(action) && isBucket(resource)
    ? mistake(
        `\`${action}\` is done to an object, and \`${showText(resource)}\` is a bucket`,
        `name an object, such as \`${text}/example\``,
      )
    : { resource };
}

function arnOf(text: string, service: string, inventory: Inventory): Text | undefined {
  const slash = service === 's3' ? text.indexOf('/') : -1;
  const name = slash < 0 ? text : text.slice(0, slash);
  const rest = slash < 0 ? '' : text.slice(slash);
  const found = inventory.dependants.find(
    (one) => one.service === service && (one.address === name || nameOf(one.arn) === name),
  );
  return found && found.arn + rest;
}

function nameOf(arn: Text): Text | undefined {
  return parseArn(arn)?.resource.replace(/^secret:/, '');
}

function unknownResource(text: string, service: string, { dependants }: Inventory): Mistake {
  const known = dependants
    .filter((one) => one.service === service)
    .flatMap(({ address, arn }) => [showText(address), showText(nameOf(arn) ?? arn)]);
  return mistake(
    `no resource of \`${service}\` that was read is called \`${text}\``,
    didYouMean(text, known) ?? 'give its ARN, its name or its logical id',
  );
}

// SOURCE: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
function isOfObjects(action: string): boolean {
  return /^s3:(get|put|delete|restore)object(version)?(acl|tagging)?$/i.test(action);
}

function isBucket(arn: Text): boolean {
  const { service, resource } = parseArn(arn) ?? {};
  return service === 's3' && resource?.includes('/') === false;
}
