import { canCarry } from '../../facts/index.js';
import { findAliases, findPrincipal, parseCaller } from '../../inventory/index.js';
import { parseArn } from '../../policy/index.js';
import { hasHole } from '../../source/index.js';
import type { Text } from '../../source/index.js';
import { tagOf } from './caller-keys.js';
import { absent, always, constant, fixed, open, unknownAttribute } from './key-value.js';
import type { KeyValue, Rule } from './key-value.js';
import { carried, ofKey } from './occasions.js';
import type { Question } from './question.js';

// Condition keys that follow from the key, or other resource, that a request is about.

// What has no resource has no owner.
export function ownerOf({ ownerId, request }: Question): Text | undefined {
  return request.resource === '*' ? undefined : ownerId;
}

export function keyAttribute(attribute: 'spec' | 'usage' | 'origin'): Rule {
  return ofKey((question, spelling) => {
    if (question.action === 'kms:createkey') return always(spelling);
    const value =
      question.key?.[attribute] ??
      (attribute === 'usage' ? onlyUsageOf(question.key?.spec) : undefined);
    return value === undefined
      ? unknownAttribute(spelling, question.request.resource, `the ${attribute} of the key`)
      : constant(value);
  });
}

/** The usage of specs that have only one. */
function onlyUsageOf(spec: string | undefined): string | undefined {
  if (spec === 'SYMMETRIC_DEFAULT') return 'ENCRYPT_DECRYPT';
  if (spec?.startsWith('HMAC_') === true) return 'GENERATE_VERIFY_MAC';
  if (spec?.startsWith('ML_DSA_') === true) return 'SIGN_VERIFY';
  if (spec?.startsWith('ML_KEM_') === true) return 'ENCAPSULATE_DECAPSULATE';
  return undefined;
}

// SOURCE: facts kms-authz 107: the ids of multi-Region keys, and no others, begin with `mrk-`
export function multiRegionType({
  key,
  request,
}: Question): 'no' | 'primary' | 'replica' | 'some' | undefined {
  if (key?.multiRegion !== undefined) return key.multiRegion;
  const id = parseArn(request.resource)?.resource.replace(/^key\//, '') ?? request.resource;
  if (id.startsWith('mrk-')) return 'some';
  return hasHole(id) ? undefined : 'no';
}

export const requestAlias: Rule = carried(({ inventory, key }, spelling) => {
  const aliases = key && findAliases(inventory, key);
  if (aliases === undefined) return open(spelling, { pattern: 'alias/*' });
  return aliases.length === 0 ? absent : open(spelling, { values: aliases });
});

export const resourceTag: Rule = (question, spelling) => {
  if (question.service !== 'kms') return tagOfPrincipal(question, spelling);
  if (!canCarry(question.action, spelling)) return absent;
  const { key, request } = question;
  if (key?.tags === undefined)
    return unknownAttribute(spelling, request.resource, 'the tags of the key');
  return fixed(tagOf(key.tags, spelling.slice('aws:ResourceTag/'.length)));
};

// The tags of a user or role that the request is about; of other resources nothing is known.
function tagOfPrincipal({ inventory, request }: Question, spelling: string): KeyValue {
  if (request.resource === '*') return absent;
  const about = parseCaller(request.resource);
  const tags = about && findPrincipal(inventory, about)?.tags;
  return tags === undefined
    ? unknownAttribute(spelling, request.resource, 'the tags of the resource')
    : fixed(tagOf(tags, spelling.slice('aws:ResourceTag/'.length)));
}
