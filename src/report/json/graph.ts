import { showText } from '../../source/index.js';
import type { GraphReport } from '../graph-reports.js';
import { detailsJson } from './answers.js';
import { diagnosticJson, missingJson, type Json } from './parts.js';

export function graphJson({ question, graph, diagnostics }: GraphReport): Json {
  const { nodes, edges, missing, assumed } = graph;
  return {
    version: 1,
    question: { ...question },
    nodes: nodes.map(({ id, kind, account, members, aliases }) => ({
      id,
      kind,
      ...(account === undefined ? {} : { account: showText(account) }),
      members: members.map(showText),
      ...(aliases === undefined ? {} : { aliases: aliases.map(showText) }),
    })),
    edges: edges.map(({ from, to, action, answer, via }) => ({
      from,
      to,
      action,
      answer: answer.kind,
      via: via.map(({ kind, ref }) => ({ kind, ref: showText(ref) })),
      ...detailsJson(answer),
    })),
    missing: missingJson(missing),
    assumed: missingJson(assumed),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}
