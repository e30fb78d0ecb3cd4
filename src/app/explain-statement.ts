import { actionNames } from '../facts/index.js';
import { diffAccess } from '../graph/index.js';
import type { Host } from '../host/index.js';
import {
  documentsOf,
  withDocuments,
  type Inventory,
  type OwnedDocument,
} from '../inventory/index.js';
import { matchesAction, type Broken, type Statement } from '../policy/index.js';
import type { StatementReport } from '../report/index.js';
import { endOf, startOf, type Span } from '../source/index.js';
import { loadEstate, type EstateInput } from './estate.js';
import { mistake, type Mistake } from './mistake.js';

export interface ExplainStatementInput {
  readonly estate: EstateInput;
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** What the statement on a line allows or denies, to whom, and whether it makes a difference. */
export async function explainStatement(
  { estate: input, file, line }: ExplainStatementInput,
  host: Host,
): Promise<StatementReport | Mistake> {
  const path = file.replace(/^\.\//, '');
  const paths = [...(input.paths.length > 0 ? input.paths : ['.']), path];
  const estate = await loadEstate({ ...input, paths }, host);
  if ('kind' in estate) return estate;
  const { inventory, diagnostics } = estate;
  const found = statementsAt(inventory, path, line);
  const [first] = found;
  if (first === undefined) {
    return mistake(
      `no statement of a policy stands on line ${String(line)} of \`${path}\``,
      nearestStatement(inventory, path, line),
    );
  }
  const { statement } = first;
  return {
    kind: 'statement',
    statement,
    documentKind: first.owned.document.kind,
    owners: found.map(({ owned: { owner } }) => owner),
    effect: effectOf(inventory, statement),
    diagnostics,
  };
}

interface Found {
  readonly statement: Statement | Broken;
  readonly owned: OwnedDocument;
}

/** The innermost statement on the line, once for each thing whose policy it is part of. */
function statementsAt(inventory: Inventory, path: string, line: number): readonly Found[] {
  const on = statementsOf(inventory, path).filter(
    ({ statement: { span } }) => startOf(span).line <= line && line <= endOf(span).line,
  );
  const size = ({ statement: { span } }: Found): number => span.end - span.start;
  const smallest = Math.min(...on.map(size));
  const [innermost] = on.filter((one) => size(one) === smallest);
  return on.filter(
    ({ statement }) => innermost && isSame(statement.span, innermost.statement.span),
  );
}

function statementsOf(inventory: Inventory, path: string): readonly Found[] {
  return [...documentsOf(inventory)].flatMap((owned) =>
    owned.document.statements
      .filter(({ span }) => span.source.path === path)
      .map((statement) => ({ statement, owned })),
  );
}

function nearestStatement(inventory: Inventory, path: string, line: number): string {
  const lines = statementsOf(inventory, path).map(({ statement }) => startOf(statement.span).line);
  if (lines.length === 0) return 'no policy was read from this file';
  const nearest = lines.reduce((a, b) => (Math.abs(b - line) < Math.abs(a - line) ? b : a));
  return `the nearest one begins on line ${String(nearest)}`;
}

function isSame(a: Span, b: Span): boolean {
  return a.source.path === b.source.path && a.start === b.start && a.end === b.end;
}

function effectOf(inventory: Inventory, statement: Statement | Broken): StatementReport['effect'] {
  if (statement.kind === 'broken') return { kind: 'unknown' };
  if (!speaksOfKms(statement)) return { kind: 'not-kms' };
  const without = withoutStatements(inventory, [statement]);
  const access = diffAccess(without, inventory);
  if (!access.equivalent) return { kind: 'matters', access };
  return { kind: 'moot', because: causesOf(inventory, statement) };
}

function speaksOfKms({ action }: Statement): boolean {
  if (action === undefined) return true;
  return actionNames.some(
    (name) =>
      action.patterns.some(({ text }) => matchesAction(text, name) !== false) !== action.negated,
  );
}

const CAUSES_MAX = 60;

/** The statements of its own document without each of which it would make a difference. */
function causesOf(inventory: Inventory, statement: Statement): readonly Statement[] {
  const neighbours = [...documentsOf(inventory)]
    .filter(({ document }) => document.statements.some(({ span }) => isSame(span, statement.span)))
    .flatMap(({ document }) => document.statements);
  const unique = new Map(neighbours.map((one) => [one.span.start, one]));
  return [...unique.values()].slice(0, CAUSES_MAX).flatMap((other) => {
    if (other.kind === 'broken' || isSame(other.span, statement.span)) return [];
    const alone = diffAccess(
      withoutStatements(inventory, [statement, other]),
      withoutStatements(inventory, [other]),
    );
    return alone.equivalent ? [] : [other];
  });
}

function withoutStatements(inventory: Inventory, gone: readonly Statement[]): Inventory {
  return withDocuments(inventory, (document) => {
    const statements = document.statements.filter(
      ({ span }) => !gone.some((one) => isSame(one.span, span)),
    );
    return statements.length === document.statements.length
      ? document
      : { ...document, statements };
  });
}
