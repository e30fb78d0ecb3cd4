import { policyKinds } from '../load/index.js';
import type { Survey } from './init-survey.js';

/** A first configuration, as YAML in which each line says what it is for. */
export function configText(survey: Survey): string {
  return [...head(survey), ...ours(survey), ...kinds(survey), ...fails].join('\n') + '\n';
}

function head({ include, samples }: Survey): readonly string[] {
  return [
    '# What keyproof reads, and by what it judges. It is found from this folder and from all below it;',
    '# `keyproof lint --print-config` shows what it comes to.',
    '',
    '# Which rules apply: `recommended`, `strict`, or a file or package of your own.',
    'extends: recommended',
    '',
    '# What is read when no path is given. Without it that is everything here that git does not ignore.',
    ...(include.length === 0 ? ['# include: ["infra/**"]'] : list('include', include)),
    '',
    '# What is never read, unless it is named.',
    ...(samples.length === 0
      ? ['# exclude: ["examples/**"]']
      : list(
          '# exclude',
          samples.map((folder) => `${folder}/**`),
        )),
  ];
}

function ours({ accounts, others }: Survey): readonly string[] {
  const [account, ...more] = accounts;
  const isOnly = account !== undefined && more.length === 0;
  return [
    '',
    ...(account === undefined
      ? [
          '# The accounts that are yours. Access that others get is then a finding, unless it is named below.',
          '# accounts: ["111122223333"]',
        ]
      : [
          '# The accounts that are yours: these own something here. Access that others get is a finding,',
          '# unless it is named below.',
          ...list('accounts', accounts),
        ]),
    '',
    ...(account === undefined || others.length === 0
      ? [
          '# Who else may be given access.',
          '# trustZone: { accounts: ["444455556666"], services: [s3.amazonaws.com] }',
        ]
      : [
          '# Who else may be given access. Policies here name these accounts today: take out whom you do not know.',
          'trustZone:',
          ...list('accounts', others).map((line) => `  ${line}`),
        ]),
    '',
    '# Your organization, and the account and Region that templates are deployed to, where they do not say.',
    '# organization: o-exampleorgid',
    `# account: "${isOnly ? account : '111122223333'}"`,
    '# region: us-east-1',
    '',
    '# Who deploys: the gate says so before a key policy shuts them out.',
    `# deployers: ["arn:aws:iam::${account ?? '111122223333'}:role/deploy"]`,
  ];
}

const KINDLESS_MAX = 20;

function kinds({ kindless }: Survey): readonly string[] {
  if (kindless.length === 0) return [];
  const known = policyKinds.filter((kind) => kind !== 'unknown').join(', ');
  const more = kindless.length - KINDLESS_MAX;
  return [
    '',
    '# Policies of which neither the text nor the path tells the kind. Write what they are:',
    `# ${known}.`,
    '# kinds:',
    ...kindless.slice(0, KINDLESS_MAX).map((path) => `#   ${quoted(path)}: identity`),
    ...(more > 0 ? [`#   and ${more} more, which \`policy-kind-unknown\` finds`] : []),
  ];
}

const fails: readonly string[] = [
  '',
  '# The least severity that makes `keyproof lint` exit 1: error, warning, info or none.',
  'failOn: error',
  '',
  '# What makes `keyproof gate` exit 1: new findings, and changes that give access to more people.',
  '# Stricter: broadening, broadening:decrypt, broadening:admin, unknown.',
  'gate:',
  '  failOn: [error, "broadening:cross-account", "broadening:public"]',
];

/** A list, each entry on a line of its own; a comment where its name is one. */
export function list(name: string, entries: readonly string[]): readonly string[] {
  const mark = name.startsWith('#') ? '#   ' : '  ';
  return [`${name}:`, ...entries.map((entry) => `${mark}- ${quoted(entry)}`)];
}

/** Text as YAML reads it, whatever it holds: a string of JSON is one of YAML. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
