import type { GateThreshold } from '../config/index.js';
import type { AccessChange, AccessDifference } from '../graph/index.js';
import type { Finding } from '../lint/index.js';
import {
  accessText,
  groupAccess,
  type GateReason,
  type GateReport,
  type TestResult,
} from '../report/index.js';
import { startOf, type Severity } from '../source/index.js';
import type { KeptOut } from './deployers.js';

/** What a change was found to do. */
export interface GateFacts {
  readonly findings: readonly Finding[];
  readonly access: AccessDifference;
  readonly tests: readonly TestResult[];
  readonly keptOut: readonly KeptOut[];
}

/** What speaks against a change, and whether that fails it. */
export function gateReasons(
  facts: GateFacts,
  failOn: readonly GateThreshold[],
): Pick<GateReport, 'verdict' | 'reasons'> {
  const reasons = [
    ...findingReasons(facts.findings, failOn),
    ...keptOutReasons(facts.keptOut, failOn),
    ...testReasons(facts.tests, failOn),
    ...gainReasons(facts.access, failOn),
    ...lossReasons(facts.access),
    ...unknownReasons(facts.access, failOn),
  ];
  const failing = reasons.filter(({ fails }) => fails);
  return {
    verdict: failing.length > 0 ? 'fail' : 'pass',
    reasons: [...failing, ...reasons.filter(({ fails }) => !fails)],
  };
}

const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** Of more than so many things of a kind, the rest is counted. */
const SHOWN = 5;

function findingReasons(
  findings: readonly Finding[],
  failOn: readonly GateThreshold[],
): readonly GateReason[] {
  const least = Math.max(...failOn.map((one) => severities.indexOf(one as Severity)));
  return severities.flatMap((severity, rank): readonly GateReason[] => {
    const found = findings.filter(
      (finding) => finding.severity === severity && finding.suppressed === undefined,
    );
    const one = severity === 'info' ? 'a new remark' : `a new ${severity}`;
    const others = severity === 'info' ? 'new remarks' : `new ${severity}s`;
    const named = found.map(({ ruleId, message, span }): string => {
      const { line } = startOf(span);
      return `\`${ruleId}\` in \`${span.source.path}:${line}\`: ${message}`;
    });
    return limited(named, one, others, rank <= least);
  });
}

function keptOutReasons(
  keptOut: readonly KeptOut[],
  failOn: readonly GateThreshold[],
): readonly GateReason[] {
  return keptOut.map(({ key, deployers }) => ({
    text: `nobody who deploys could put another policy on \`${key.aliases?.[0] ?? key.address}\` afterwards: \`kms:PutKeyPolicy\` is never allowed for ${deployers.map((name) => `\`${name}\``).join(', ')}`,
    fails: !isOnlyNone(failOn),
  }));
}

function testReasons(
  tests: readonly TestResult[],
  failOn: readonly GateThreshold[],
): readonly GateReason[] {
  const failed = tests.filter(({ passed }) => !passed);
  const named = failed.map(
    ({ name, file, expected, actual }) =>
      `\`${name}\` in \`${file}\` expects ${expected} and gets ${actual}`,
  );
  return limited(named, 'a policy test fails', 'policy tests fail', !isOnlyNone(failOn));
}

function isOnlyNone(failOn: readonly GateThreshold[]): boolean {
  return failOn.every((one) => one === 'none');
}

// Whoever can read what is encrypted, or turn it into something that they can read.
const decrypting: readonly string[] = [
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:Decapsulate',
  'kms:DeriveSharedSecret',
];

// What uses a key, or only looks at it, does not administer it.
const using =
  /^kms:(Encrypt|Decrypt|ReEncrypt|GenerateDataKey|GenerateMac|GenerateRandom|Sign|Verify|DeriveSharedSecret|Encapsulate|Decapsulate|Describe|Get|List)/;

type Broadening = Extract<GateThreshold, `broadening${string}`>;

/** What each threshold is about. A key that is new protected nothing that could now be broadened. */
const broadenings: Readonly<Record<Broadening, (change: AccessChange) => boolean>> = {
  broadening: ({ keyIs }) => keyIs === 'kept',
  'broadening:decrypt': ({ keyIs, action }) => keyIs === 'kept' && decrypting.includes(action),
  'broadening:admin': ({ keyIs, action }) => keyIs === 'kept' && !using.test(action),
  'broadening:cross-account': ({ reach }) => reach === 'cross-account' || reach === 'public',
  'broadening:public': ({ reach }) => reach === 'public',
};

function gainReasons(
  { gained }: AccessDifference,
  failOn: readonly GateThreshold[],
): readonly GateReason[] {
  const wanted = failOn.flatMap((one) => (one in broadenings ? [one as Broadening] : []));
  const fails = (change: AccessChange): boolean => wanted.some((one) => broadenings[one](change));
  const texts = (changes: readonly AccessChange[]): readonly string[] =>
    groupAccess(changes).map((group) => accessText(group));
  const one = 'access is gained';
  return [
    ...limited(texts(gained.filter(fails)), one, one, true),
    ...limited(texts(gained.filter((change) => !fails(change))), one, one, false),
  ];
}

function lossReasons({ lost }: AccessDifference): readonly GateReason[] {
  const texts = groupAccess(lost).map((group) => accessText(group, 'may no longer'));
  return limited(texts, 'access is lost', 'access is lost', false);
}

function unknownReasons(
  { unknown }: AccessDifference,
  failOn: readonly GateThreshold[],
): readonly GateReason[] {
  const texts = groupAccess(unknown).map((group) =>
    accessText(
      group,
      group.sample.direction === 'gained' ? 'may now, or may not,' : 'may or may no longer',
    ),
  );
  const one = 'it is unknown whether access changes';
  return limited(texts, one, one, failOn.includes('unknown'));
}

/** One reason each, as long as there are few. */
function limited(
  texts: readonly string[],
  one: string,
  others: string,
  fails: boolean,
): readonly GateReason[] {
  const shown = texts.slice(0, SHOWN).map((text) => ({ text: `${one}: ${text}`, fails }));
  const left = texts.length - shown.length;
  return left > 0 ? [...shown, { text: `${others}, ${left} more`, fails }] : shown;
}
