import type { Authorization } from '../../authorization/decide/index.js';
import type { Text } from '../../source/index.js';
import { causeName, layerNames, placeText } from '../names.js';

/** Which layers settled a decision, in one clause. */
export function explainAuthorization(authorization: Authorization): Text {
  switch (authorization.decision) {
    case 'Allow':
      return `allowed by ${causesOf(authorization, 'allows')}`;
    case 'ExplicitDeny':
      return `denied by ${causesOf(authorization, 'denies')}`;
    case 'ImplicitDeny':
      return 'no policy allows it';
    case 'Unknown':
      return `unknown for want of ${authorization.missing.map(({ detail }) => detail).join('; ')}`;
  }
}

function causesOf(authorization: Authorization, outcome: 'allows' | 'denies'): Text {
  return authorization.layers
    .filter((layer) => layer.outcome === outcome && layer.because.length > 0)
    .map(({ layer, because }) => {
      const causes = because.map((cause) => `${causeName(cause)} at ${placeText(cause.span)}`);
      return `${layerNames[layer]} (${causes.join(', ')})`;
    })
    .join(' and ');
}
