import { operations } from '../../facts/index.js';
import { encryptionContextOf } from '../../inventory/index.js';
import type { Text } from '../../source/index.js';
import { absent, constant, flag, open, optionalRule } from './key-value.js';
import type { Rule, Settled } from './key-value.js';
import { carried, ofPrincipal, ofSymmetricKey } from './occasions.js';

// Condition keys that come with the call: its parameters, and the way that it takes.

const symmetricOnly = new Set([
  'kms:generatedatakey',
  'kms:generatedatakeypair',
  'kms:generatedatakeypairwithoutplaintext',
  'kms:generatedatakeywithoutplaintext',
]);

export const encryptionAlgorithm: Rule = carried(({ key, action }, spelling) => {
  if (symmetricOnly.has(action) || key?.spec === 'SYMMETRIC_DEFAULT')
    return constant('SYMMETRIC_DEFAULT');
  if (key?.spec === 'SM2') return constant('SM2PKE');
  const asymmetric = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'];
  if (key?.spec !== undefined) return open(spelling, { always: true, values: asymmetric });
  return open(spelling, { always: true, values: ['SYMMETRIC_DEFAULT', ...asymmetric, 'SM2PKE'] });
});

// Pairs that are given are among the names, whatever others there are.
export const encryptionContextKeys: Rule = (question, spelling) => {
  const given = [...encryptionContextOf(question.request.context).keys()];
  const required = given.filter((name) => name !== '*');
  if (required.length > 0) return open(spelling, { always: true, required });
  return ofSymmetricKey(optionalRule)(question, spelling);
};

// Where the names are given, there are no others.
export const pairOfContext: Rule = ({ request: { context } }, spelling) => {
  const names = context.get('kms:encryptioncontextkeys');
  const name = spelling.slice('kms:EncryptionContext:'.length).toLowerCase();
  return Array.isArray(names) && !names.some((one: Text) => one.toLowerCase() === name)
    ? absent
    : open(spelling, { mayBeEmpty: true });
};

export const viaService: Rule = carried(
  ofPrincipal(({ region }, spelling) =>
    open(spelling, { pattern: `*.${region ?? '*'}.amazonaws.com` }),
  ),
);

function truth(value: 'true' | 'false'): Settled {
  return { kind: 'constant', value };
}

// SOURCE: facts evaluation 13.22
export const viaAwsService: Rule = (question, spelling) => {
  const {
    service,
    request: { caller },
  } = question;
  if (caller.kind === 'service') return constant('false');
  if (!('account' in caller)) return absent;
  if (service !== 'kms') return flag(question, spelling);
  return {
    kind: 'follows',
    spelling: 'kms:ViaService',
    present: truth('true'),
    absent: [truth('false')],
  };
};

// SOURCE: facts evaluation 13.22: false or absent on a direct call, which no document settles
export const grantIsForAwsResource: Rule = ({ request: { caller } }) => ({
  kind: 'follows',
  spelling: 'kms:ViaService',
  present: truth('true'),
  absent: [
    { kind: 'absent' },
    truth('false'),
    ...(caller.kind === 'service' ? [truth('true')] : []),
  ],
});

// SOURCE: https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html
export const waitingDays = Array.from({ length: 24 }, (_, index) => String(index + 7));

export const grantable = [
  ...new Set(Object.values(operations).flatMap(({ grantOperations = [] }) => grantOperations)),
];
