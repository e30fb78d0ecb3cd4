import type { Authorization, LayerOutcome } from '../../authorization/decide/index.js';
import type { Missing, Request } from '../../inventory/index.js';
import { endOf, showText, startOf, type Diagnostic, type Span } from '../../source/index.js';
import { callerText, spellKey } from '../names.js';
import type { TestResult } from '../report.js';

/** A value as JSON has it. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export function placeJson(span: Span): { readonly [key: string]: Json } {
  return {
    path: span.source.path,
    start: { ...startOf(span) },
    end: { ...endOf(span) },
  };
}

export function diagnosticJson(diagnostic: Diagnostic): Json {
  const { code, severity, message, span, hint } = diagnostic;
  return {
    code,
    severity,
    message: showText(message),
    ...placeJson(span),
    ...(hint === undefined ? {} : { hint: showText(hint) }),
  };
}

export function requestJson(request: Request): Json {
  const context: Record<string, Json> = {};
  for (const [key, value] of request.context) {
    // What nobody can tell is no value; `missing` names it where it matters.
    if (typeof value === 'string') context[spellKey(key)] = showText(value);
    else if (Array.isArray(value)) context[spellKey(key)] = value.map(showText);
  }
  return {
    principal: showText(callerText(request.caller)),
    action: request.action,
    resource: showText(request.resource),
    ...(request.resourceAccount === undefined
      ? {}
      : { resourceAccountId: showText(request.resourceAccount) }),
    context,
  };
}

export function layersJson(layers: readonly LayerOutcome[]): Json {
  return layers.map(({ layer, outcome, because }) => ({
    layer,
    outcome,
    because: because.map(causeJson),
  }));
}

export function causeJson(cause: LayerOutcome['because'][number]): Json {
  const place = placeJson(cause.span);
  if (!('kind' in cause)) return { ...place, grant: showText(cause.id) };
  return {
    ...place,
    ...(cause.sid === undefined ? {} : { sid: showText(cause.sid) }),
    statement: cause.index,
  };
}

export function testJson(test: TestResult): Json {
  return {
    name: test.name,
    file: test.file,
    expected: test.expected,
    actual: test.actual,
    passed: test.passed,
    because: test.because.flatMap(({ because }) => because.map(causeJson)),
  };
}

export function missingJson(missing: readonly Missing[]): Json {
  return missing.map(({ layer, of, detail }) => ({
    layer,
    of: showText(of),
    detail: showText(detail),
  }));
}

/** The statements and grants that settled a decision. */
export function decisiveJson(authorization: Authorization): Json {
  const outcome = authorization.decision === 'ExplicitDeny' ? 'denies' : 'allows';
  return authorization.layers
    .filter((layer) => layer.outcome === outcome)
    .flatMap(({ because }) => because.map(causeJson));
}
