import type { Grant, Layer, Missing } from '../../inventory/index.js';
import type { Broken, Statement } from '../../policy/index.js';
import type { LayerOutcome } from './authorization.js';
import { resourceLayers, type Heard, type Hearing, type Limit } from './layers.js';
import { powers } from './principal.js';
import type { Relation } from './relation.js';
import type { Saying } from './say.js';

/** What was not supplied and is taken as absent. */
export function assumptionsOf({ identity, resource, limits, grants }: Hearing): readonly Missing[] {
  const supplies = [resource, identity, ...limits].map(({ supply }) => supply);
  return [...supplies, grants].flatMap(({ gap }) => (gap?.taken === 'absent' ? [gap.missing] : []));
}

/** Every layer with what it said, in AWS's order. */
export function outcomesOf(hearing: Hearing): readonly LayerOutcome[] {
  const { relation, limits, resource, identity } = hearing;
  const limitOf = (layer: Layer): readonly LayerOutcome[] =>
    limits.filter((limit) => limit.layer === layer).map(limitOutcome);
  return [
    ...limitOf('rcp'),
    ...limitOf('scp'),
    ...limitOf('endpoint'),
    ...resourceOutcomes(relation, resource),
    heardOutcome('identity', identity, allowingOf(identity.saying)),
    ...(relation.protection === 'key' ? [grantOutcome(hearing)] : []),
    ...limitOf('boundary'),
    ...limitOf('session'),
  ];
}

function limitOutcome({ layer, supply, levels, allows, denies }: Limit): LayerOutcome {
  const denying = levels.flatMap((level) => level.denying);
  if (denies === true) return outcome(layer, 'denies', denying);
  const isSupplied = supply.gap === undefined;
  if (levels.length === 0)
    return outcome(layer, isSupplied ? 'does-not-apply' : 'not-supplied', []);
  if (allows === true) return outcome(layer, 'allows', levels.flatMap(allowingOf));
  const open = levels.flatMap((level) => level.open);
  return outcome(layer, 'silent', open);
}

/** A key policy is shown as two layers: what it allows by itself, and what it delegates to IAM. */
function resourceOutcomes(relation: Relation, heard: Heard): readonly LayerOutcome[] {
  const layer = resourceLayers[relation.protection];
  const { saying } = heard;
  if (layer !== 'key-policy') return [heardOutcome(layer, heard, allowingOf(saying))];
  const direct = [...saying.allowing.alone, ...saying.allowing['within-limits']];
  const delegating = saying.allowing['with-identity'];
  const delegation: LayerOutcome =
    heard.supply.levels === 'none' || !relation.belongs
      ? outcome('delegation', heard.supply.gap ? 'not-supplied' : 'does-not-apply', [])
      : outcome('delegation', delegating.length > 0 ? 'allows' : 'silent', delegating);
  return [heardOutcome(layer, heard, direct), delegation];
}

function heardOutcome(layer: Layer, heard: Heard, allowing: readonly Statement[]): LayerOutcome {
  const { saying, supply } = heard;
  if (saying.denying.length > 0) return outcome(layer, 'denies', saying.denying);
  if (allowing.length > 0) return outcome(layer, 'allows', allowing);
  if (supply.gap !== undefined) return outcome(layer, 'not-supplied', saying.open);
  return outcome(layer, supply.levels === 'none' ? 'does-not-apply' : 'silent', saying.open);
}

function grantOutcome({ grants }: Hearing): LayerOutcome {
  if (grants.allowing.length > 0) return outcome('grant', 'allows', grants.allowing);
  return outcome('grant', grants.gap === undefined ? 'silent' : 'not-supplied', []);
}

function allowingOf({ allowing }: Saying): readonly Statement[] {
  return [...new Set(powers.flatMap((power) => allowing[power]))];
}

function outcome(
  layer: Layer,
  said: LayerOutcome['outcome'],
  because: readonly (Statement | Broken | Grant)[],
): LayerOutcome {
  return { layer, outcome: said, because };
}
