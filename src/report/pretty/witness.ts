import type { Exchange } from '../../engine/index.js';
import { escapeText } from '../escape.js';
import { describeCall, describeOutcome } from '../exchange.js';
import { renderLayers } from './decision.js';
import { wrap } from './layout.js';
import type { Paint } from './paint.js';

const STEPS_MAX = 8;

/**
 * What happened on the engine, call by call: who, what, the outcome, and which statements decided it, with
 * their places as far as they stand in one of the files.
 */
export function renderWitness(
  witness: readonly Exchange[],
  files: ReadonlySet<string>,
  indent: string,
  paint: Paint,
): readonly string[] {
  const skipped = Math.max(witness.length - STEPS_MAX, 0);
  const shown = witness.slice(skipped);
  const gap = skipped > 0 ? [paint.faint(`${indent}(${skipped} earlier calls left out)`)] : [];
  return [
    ...gap,
    ...shown.flatMap((exchange, index) =>
      renderStep(exchange, files, `${indent}${skipped + index + 1}. `, paint),
    ),
  ];
}

/** As {@link renderWitness}, with every call and what each layer said to each question on the way. */
export function renderReplay(
  witness: readonly Exchange[],
  files: ReadonlySet<string>,
  paint: Paint,
): readonly string[] {
  return witness.flatMap((exchange, index) => [
    ...renderStep(exchange, files, `  ${index + 1}. `, paint),
    ...exchange.authorizations.flatMap(({ request, authorization }) => [
      '',
      wrap(
        escapeText(`${request.action} on ${request.resource}: ${authorization.decision}`),
        paint.width,
        '     ',
      ),
      ...renderLayers(authorization.layers, paint).map((row) => `     ${row}`),
    ]),
    '',
  ]);
}

function renderStep(
  exchange: Exchange,
  files: ReadonlySet<string>,
  first: string,
  paint: Paint,
): readonly string[] {
  const rest = ' '.repeat(first.length);
  const lines = [wrap(escapeText(describeCall(exchange.call)), paint.width, first)];
  const outcome = describeOutcome(exchange, files);
  if (outcome !== undefined) lines.push(wrap(escapeText(outcome), paint.width, rest));
  return lines;
}
