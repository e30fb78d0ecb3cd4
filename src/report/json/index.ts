import { inventoryValue } from '../../load/index.js';
import { escapeJson } from '../escape.js';
import type { Report } from '../report.js';
import { accessJson, actionsJson, answerJson } from './answers.js';
import { graphJson } from './graph.js';
import { diffJson, gateJson } from './change.js';
import { denialJson } from './denial.js';
import { statementJson } from './statement.js';
import { initJson } from './init.js';
import { findingReportJson, lintJson } from './lint.js';
import { needsJson } from './needs.js';
import {
  diagnosticJson,
  layersJson,
  missingJson,
  requestJson,
  testJson,
  type Json,
} from './parts.js';

/** For programs: the shapes under `schema/`. */
export function json(report: Report): string {
  return `${escapeJson(JSON.stringify(valueOf(report), undefined, 2))}\n`;
}

function valueOf(report: Report): Json {
  switch (report.kind) {
    case 'lint':
      return lintJson(report);
    case 'decision': {
      const { decision, layers, missing, assumed } = report.authorization;
      return {
        version: 1,
        request: requestJson(report.request),
        decision,
        layers: layersJson(layers),
        missing: missingJson(missing),
        assumed: missingJson(assumed),
        diagnostics: report.diagnostics.map(diagnosticJson),
      };
    }
    case 'answer':
      return answerJson(report);
    case 'access':
      return accessJson(report);
    case 'actions':
      return actionsJson(report);
    case 'needs':
      return needsJson(report);
    case 'graph':
      return graphJson(report);
    case 'diff':
      return diffJson(report);
    case 'gate':
      return gateJson(report);
    case 'denial':
      return denialJson(report);
    case 'statement':
      return statementJson(report);
    case 'finding':
      return findingReportJson(report);
    case 'test': {
      const passed = report.tests.filter((test) => test.passed).length;
      return {
        version: 1,
        tests: report.tests.map(testJson),
        passed,
        failed: report.tests.length - passed,
        diagnostics: report.diagnostics.map(diagnosticJson),
      };
    }
    case 'rules':
      return {
        version: 1,
        rules: report.rules.map(({ id, title, severity, category, since, sources, presets }) => ({
          id,
          title,
          severity,
          category,
          since,
          sources,
          presets,
        })),
      };
    case 'inventory':
      return inventoryValue(report.inventory) as Json;
    case 'problems':
      return { version: 1, diagnostics: report.diagnostics.map(diagnosticJson) };
    case 'statistics':
      return {
        version: 1,
        loadMs: report.timings.loadMs,
        rules: report.timings.rules.map((rule) => ({ ...rule })),
      };
    case 'page':
      return { version: 1, text: report.text };
    case 'init':
      return initJson(report);
    case 'config':
      return { version: 1, ...report.value };
  }
}
