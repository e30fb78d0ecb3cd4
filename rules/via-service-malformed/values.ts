import {
  hasHole,
  matchesWildcard,
  showText,
  variablesOf,
  viaServices,
  type Condition,
  type Severity,
  type Text,
} from '../../src/rule.js';

// SOURCE: facts evaluation 13.17 and the page above: `<prefix>.<Region>.amazonaws.com` in every partition
export function valueFor(service: string, region: Text): Text {
  return `${service}.${region}.amazonaws.com`;
}

const REGION = '[a-z]{2,}(?:-[a-z]+)+-\\d+';
export const REGIONAL = new RegExp(`^([a-z0-9-]+)\\.(${REGION})\\.amazonaws\\.com$`);

/** What is wrong with a value of `kms:ViaService`. */
export interface Problem {
  readonly message: string;
  /** Completes "…, so the statement does such and such". */
  readonly why: string;
  readonly fix: string;
  readonly severity?: Severity;
  /** The service that was meant, and the value that it sends as far as known. */
  readonly service?: string;
  readonly meant?: Text;
}

/** Why a service never sends such a value; `undefined` where one does, or may. */
export function problemOf(
  text: Text,
  { operator }: Condition,
  regions: readonly Text[],
): Problem | undefined {
  const shown = showText(text);
  if (!operator.like && /[*?]/.test(shown.replace(/\$\{[^}]*\}/g, ''))) {
    return {
      ...meant(/^([a-z0-9-]+)\./.exec(text)?.[1], undefined),
      message: `\`${shown}\` is compared letter by letter`,
      why: 'only `StringLike` and `StringNotLike` take `*` and `?` as wildcards',
      fix: `use \`${operator.negated ? 'StringNotLike' : 'StringLike'}\``,
    };
  }
  if (hasHole(text) || variablesOf(text).length > 0 || text.includes('${')) return undefined;
  const [, prefix = '', region = ''] = REGIONAL.exec(text) ?? [];
  if (region !== '') return regionalProblem(prefix, region, regions);
  if (operator.like && /[*?]/.test(text)) return patternProblem(text, regions);
  return shapeProblem(operator.ignoreCase ? text.toLowerCase() : text, regions[0]);
}

function regionalProblem(
  prefix: string,
  region: string,
  regions: readonly Text[],
): Problem | undefined {
  const text = valueFor(prefix, region);
  if (regions.length > 0 && !regions.includes(region)) {
    return {
      ...meant(prefix, regions[0]),
      message: `\`${text}\` is not of the Region of the key`,
      why: `a service calls AWS KMS in its own Region, and the key is in \`${regions.join('`, `')}\``,
      fix: `write \`${valueFor(prefix, regions[0] ?? '')}\``,
    };
  }
  if (viaServices.includes(prefix)) return undefined;
  const other = renamed[prefix];
  if (other === undefined) {
    return {
      message: `\`${prefix}\` is not among the services that are known to call AWS KMS for others`,
      why: 'the documentation of `kms:ViaService` does not list it, though that list is not complete',
      fix: 'look up how the service spells itself in `kms:ViaService`',
      severity: 'info',
    };
  }
  return {
    ...meant(other, region),
    message: `\`${text}\` is no service's value: the service is \`${other}\` there`,
    why: `\`kms:ViaService\` of its calls is \`${valueFor(other, region)}\``,
    fix: `write \`${valueFor(other, region)}\``,
    severity: prefix === 'ebs' ? 'error' : 'warning',
  };
}

/** Names under which people know services that call themselves otherwise. */
const renamed: Readonly<Record<string, string>> = {
  ebs: 'ec2',
  efs: 'elasticfilesystem',
  keyspaces: 'cassandra',
  msk: 'kafka',
  opensearch: 'es',
  documentdb: 'rds',
  neptune: 'rds',
  autoscaling: 'ec2',
  'secrets-manager': 'secretsmanager',
  'parameter-store': 'ssm',
};

function patternProblem(text: Text, regions: readonly Text[]): Problem | undefined {
  const candidates = regions.length > 0 ? regions : exampleRegions;
  const prefix = /^([a-z0-9-]+)\./.exec(text)?.[1];
  const services = prefix === undefined ? viaServices : [...viaServices, prefix];
  const matches = (region: Text): boolean =>
    services.some((one) => matchesWildcard(text, valueFor(one, region), 'exact') === true);
  if (candidates.some(matches)) return undefined;
  if (regions.length > 0 && exampleRegions.some(matches)) {
    return {
      ...meant(prefix, regions[0]),
      message: `\`${text}\` matches no service in the Region of the key`,
      why: `a service calls AWS KMS in its own Region, and the key is in \`${regions.join('`, `')}\``,
      fix: `write \`${valueFor(prefix ?? '*', regions[0] ?? '*')}\``,
    };
  }
  return { ...shapeProblem(text, regions[0]), ...meant(prefix, regions[0]) };
}

/** Some Regions of every partition and shape; a pattern that matches none of them matches none. */
export const exampleRegions: readonly string[] = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-east-1',
  'ca-central-1',
  'ca-west-1',
  'sa-east-1',
  'af-south-1',
  'me-south-1',
  'me-central-1',
  'il-central-1',
  'mx-central-1',
  'us-gov-west-1',
  'us-gov-east-1',
  'cn-north-1',
  'cn-northwest-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eusc-de-east-1',
];

/** What is wrong with a text that has not the shape of a value. */
function shapeProblem(text: Text, known: Text | undefined): Problem {
  const why = 'the value of `kms:ViaService` is the service, its Region and `amazonaws.com`';
  for (const { shape, what } of shapes) {
    const { service, region } = shape.exec(text)?.groups ?? {};
    if (service === undefined) continue;
    const fixed = meant(service.toLowerCase(), known ?? region?.toLowerCase());
    return { ...fixed, message: `\`${text}\` ${what}`, why, fix: fixFor(fixed) };
  }
  const first = /^[a-z0-9-]+/.exec(text)?.[0] ?? '';
  return {
    ...meant(viaServices.includes(first) ? first : undefined, known),
    message: `\`${text}\` is no value of \`kms:ViaService\``,
    why,
    fix: 'write it as `<service>.<Region>.amazonaws.com`, such as `s3.us-east-1.amazonaws.com`',
  };
}

const shapes: readonly { readonly shape: RegExp; readonly what: string }[] = [
  { shape: /^(?<service>[a-z0-9-]+)\.amazonaws\.com(\.cn)?$/, what: 'does not name a Region' },
  { shape: /^(?<service>[a-z0-9-]+)$/, what: 'names only the service' },
  {
    shape: new RegExp(`^(?<service>[a-z0-9-]+)\\.(?<region>${REGION}|\\*)\\.amazonaws\\.com\\.cn$`),
    what: 'ends in `.com.cn`, which `kms:ViaService` does in no partition',
  },
  {
    shape: new RegExp(`^(?<service>[a-z0-9-]+)\\.(?<region>${REGION}|\\*)\\.?$`),
    what: 'lacks `.amazonaws.com`',
  },
  {
    shape: new RegExp(`^(?<region>${REGION})\\.(?<service>[a-z0-9-]+)\\.amazonaws\\.com$`),
    what: 'has the Region before the service',
  },
  {
    shape: new RegExp(`^(?<service>[a-z0-9-]+)-(?<region>${REGION})\\.amazonaws\\.com$`),
    what: 'joins service and Region by a hyphen',
  },
  {
    shape: new RegExp(`^(?<service>[a-z0-9-]+)\\.(?<region>${REGION})\\.amazonaws\\.com$`, 'i'),
    what: 'has capital letters, and the operator tells them apart',
  },
  {
    shape: new RegExp(
      `^\\s*(?:https?://)?(?<service>[a-z0-9-]+)\\.(?<region>${REGION})\\.amazonaws\\.com[\\s/]*$`,
      'i',
    ),
    what: 'has more to it than service, Region and domain',
  },
];

function meant(
  service: string | undefined,
  region: Text | undefined,
): Pick<Problem, 'service' | 'meant'> {
  if (service === undefined) return {};
  const own = renamed[service] ?? service;
  return region === undefined || region === '*'
    ? { service: own }
    : { service: own, meant: valueFor(own, region) };
}

function fixFor({ service = 's3', meant: value }: Pick<Problem, 'service' | 'meant'>): string {
  return value === undefined
    ? `write the Region, as in \`${valueFor(service, 'us-east-1')}\`, or \`${valueFor(service, '*')}\` under \`StringLike\``
    : `write \`${value}\``;
}
