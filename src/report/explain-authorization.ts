import type { Authorization } from '../authorization/decide/index.js';
import type { Text } from '../source/index.js';
import { causeName, layerNames, placeText } from './names.js';

/**
 * Which layers settled a decision, in one clause. Where the files of a run are given, only what stands in
 * one of them has a place.
 */
export function explainAuthorization(
  authorization: Authorization,
  files?: ReadonlySet<string>,
): Text {
  switch (authorization.decision) {
    case 'Allow':
      return `allowed by ${causesOf(authorization, 'allows', files)}`;
    case 'ExplicitDeny':
      return `denied by ${causesOf(authorization, 'denies', files)}`;
    case 'ImplicitDeny':
      return 'no policy allows it';
    case 'Unknown':
      return `unknown for want of ${authorization.missing.map(({ detail }) => detail).join('; ')}`;
  }
}

function causesOf(
  authorization: Authorization,
  outcome: 'allows' | 'denies',
  files: ReadonlySet<string> | undefined,
): Text {
  return authorization.layers
    .filter((layer) => layer.outcome === outcome && layer.because.length > 0)
    .map(({ layer, because }) => {
      const causes = because.map((cause) => {
        const hasPlace = files?.has(cause.span.source.path) ?? true;
        return hasPlace ? `${causeName(cause)} at ${placeText(cause.span)}` : causeName(cause);
      });
      return `${layerNames[layer]} (${causes.join(', ')})`;
    })
    .join(' and ');
}
