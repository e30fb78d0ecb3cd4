import { printInventory } from '../../load/index.js';
import { escapeJson } from '../escape.js';
import type { Report } from '../report.js';
import type { Style } from '../style.js';
import { renderAccess } from './access.js';
import { renderActions } from './actions.js';
import { renderAnswer } from './answer.js';
import { renderDiff, renderGate } from './change.js';
import { renderDenial } from './denial.js';
import { renderFindingReport } from './finding.js';
import { renderDecision } from './decision.js';
import { renderDiagnostics } from './diagnostics.js';
import { renderGraph } from './graph.js';
import { renderInit } from './init.js';
import { renderCall } from './legs.js';
import { renderLint } from './lint.js';
import { renderNeeds } from './needs.js';
import { createPaint } from './paint.js';
import { renderRules } from './rules.js';
import { renderStatement } from './statement.js';
import { renderStatistics } from './statistics.js';
import { renderTests } from './tests.js';

/** For people at a terminal. */
export function pretty(report: Report, style: Style): string {
  const paint = createPaint(style);
  switch (report.kind) {
    case 'lint':
      return renderLint(report, paint);
    case 'decision':
      return renderDecision(report, paint);
    case 'answer':
      return report.legs === undefined
        ? renderAnswer(report, paint)
        : renderCall(report, report.legs, paint);
    case 'access':
      return renderAccess(report, paint);
    case 'actions':
      return renderActions(report, paint);
    case 'needs':
      return renderNeeds(report, paint);
    case 'graph':
      return renderGraph(report, paint);
    case 'diff':
      return renderDiff(report, paint);
    case 'gate':
      return renderGate(report, paint);
    case 'denial':
      return renderDenial(report, paint);
    case 'statement':
      return renderStatement(report, paint);
    case 'finding':
      return renderFindingReport(report, paint);
    case 'test':
      return renderTests(report, paint);
    case 'rules':
      return renderRules(report, paint);
    case 'inventory':
      return printInventory(report.inventory);
    case 'problems':
      return `${renderDiagnostics(report.diagnostics, paint).join('\n')}\n`;
    case 'statistics':
      return renderStatistics(report);
    case 'page':
      return report.text;
    case 'init':
      return renderInit(report, paint);
    case 'config':
      return `${escapeJson(JSON.stringify(report.value, undefined, 2))}\n`;
  }
}
