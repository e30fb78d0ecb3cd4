import { showText } from '../../source/index.js';
import type { StatementReport } from '../report.js';
import { statementWords } from '../statement-words.js';
import { accessJson } from './change.js';
import { causeJson, diagnosticJson, placeJson, type Json } from './parts.js';

export function statementJson({
  statement,
  documentKind,
  owners,
  effect,
  diagnostics,
}: StatementReport): Json {
  return {
    version: 1,
    statement: causeJson(statement),
    ...placeJson(statement.span),
    kind: documentKind,
    owners: owners.map(({ kind, thing }) => ({ kind, address: showText(thing.address) })),
    words: statementWords(statement, documentKind).map(showText),
    effect: effect.kind,
    ...(effect.kind === 'matters' ? { access: accessJson(effect.access) } : {}),
    ...(effect.kind === 'moot' ? { because: effect.because.map(causeJson) } : {}),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}
