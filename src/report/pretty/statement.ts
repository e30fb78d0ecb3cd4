import type { Owner } from '../../inventory/index.js';
import type { Text } from '../../source/index.js';
import { accessText } from '../change-text.js';
import { escapeText } from '../escape.js';
import { groupAccess } from '../group-access.js';
import { causeName, placeText } from '../names.js';
import type { StatementReport } from '../report.js';
import { statementWords } from '../statement-words.js';
import { renderDiagnostics } from './diagnostics.js';
import { renderFrame } from './frame.js';
import { wrap } from './layout.js';
import type { Paint } from './paint.js';

export function renderStatement(report: StatementReport, paint: Paint): string {
  const { statement, documentKind, owners, diagnostics } = report;
  const frame = renderFrame(statement.span, paint);
  const names = [...new Set(owners.map(ownerName))];
  const lines = [
    paint.heading(escapeText(`${causeName(statement)}, ${placeText(statement.span)}`)),
    wrap(escapeText(`part of ${names.join(', ')}`), paint.width, ''),
    ...(frame === '' ? [] : ['', frame]),
    '',
    ...statementWords(statement, documentKind).map((line) =>
      wrap(escapeText(line), paint.width, '  '),
    ),
    '',
    ...effectLines(report, paint),
    '',
    ...renderDiagnostics(diagnostics, paint),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function ownerName(owner: Owner): Text {
  switch (owner.kind) {
    case 'key':
      return `the key policy of ${owner.thing.arn}`;
    case 'principal':
    case 'group':
      return `a policy of ${owner.thing.arn}`;
    case 'account':
      return `a policy of the organization for account ${owner.thing.id}`;
    case 'endpoint':
      return `the policy of VPC endpoint ${owner.thing.id}`;
    case 'dependant':
      return `the policy of ${owner.thing.arn}`;
    case 'loose':
      return 'a policy that nothing read here has';
  }
}

const CHANGES_SHOWN = 8;

function effectLines({ effect, statement }: StatementReport, paint: Paint): readonly string[] {
  const say = (text: Text): string => wrap(escapeText(text), paint.width, '  ');
  switch (effect.kind) {
    case 'unknown':
      return [say('what it would do is unknown, and answers that it could touch are unknown')];
    case 'not-kms':
      return [say('it speaks of no KMS action, so it makes no difference to who may use a key')];
    case 'moot':
      return [
        paint.doubtful(say('it makes no difference: proved, without it everybody may do the same')),
        ...effect.because.map((other) =>
          say(`because of ${causeName(other)}, ${placeText(other.span)}`),
        ),
        ...(effect.because.length === 0
          ? [
              say(
                'nothing that was read lets it take effect, or several other statements do the same',
              ),
            ]
          : []),
      ];
    case 'matters': {
      const { gained, lost, unknown } = effect.access;
      const groups = [
        ...groupAccess(gained).map((group) => `  + ${accessText(group)}`),
        ...groupAccess(lost).map((group) => `  - ${accessText(group, 'may not')}`),
        ...groupAccess(unknown).map((group) => `  ? ${accessText(group, 'might be affected:')}`),
      ];
      const isDeny = statement.kind === 'statement' && statement.effect === 'Deny';
      return [
        say(isDeny ? 'what it takes away' : 'what there is only because of it'),
        ...groups
          .slice(0, CHANGES_SHOWN)
          .map((line) => wrap(escapeText(line.trimStart()), paint.width, '    ')),
        ...(groups.length > CHANGES_SHOWN
          ? [say(`and ${String(groups.length - CHANGES_SHOWN)} more; \`--format json\` has all`)]
          : []),
      ];
    }
  }
}
