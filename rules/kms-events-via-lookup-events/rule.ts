import {
  claimOf,
  inputField,
  nameOfCall,
  rule,
  sdkCalls,
  textIn,
  type CallClaim,
  type CodeCall,
} from '../../src/rule.js';

export const kmsEventsViaLookupEvents = rule<CallClaim>({
  meta: {
    id: 'kms-events-via-lookup-events',
    title: 'KMS events are looked up where some are missing',
    severity: 'info',
    category: 'audit',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html',
      'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html',
    ],
    presets: ['strict'],
  },

  *detect({ inventory }) {
    for (const call of sdkCalls(inventory, 'cloudtrail', ['LookupEvents'])) {
      if (!isAboutKms(call)) continue;
      yield {
        claim: claimOf(call),
        message: `${nameOfCall(call)} looks for KMS events in the event history`,
        why: 'the event history holds 90 days of one Region and account, two requests a second; a call of another account that was refused stands only in the history of the account that made it',
        fix: 'query a trail or an event data store that records management events of all accounts and Regions, KMS included',
        span: call.span,
        address: call.address,
        subject: 'LookupEvents',
      };
    }
  },

  scenario() {
    return { unsimulated: 'what an event history holds depends on what was called' };
  },
});

/** Whether one of its attributes names KMS, or an event that only KMS has. */
function isAboutKms(call: CodeCall): boolean {
  const attributes = inputField(call, 'LookupAttributes');
  if (attributes?.kind !== 'list') return false;
  return attributes.items.some((item) => {
    if (item.kind !== 'object') return false;
    const text = (name: string): string | undefined =>
      textIn(item.fields.find((field) => field.name === name)?.value);
    const [key, value] = [text('AttributeKey'), text('AttributeValue')];
    if (key === 'EventSource') return value === 'kms.amazonaws.com';
    if (key === 'ResourceType') return value === 'AWS::KMS::Key';
    return key === 'EventName' && value !== undefined && ownEvents.includes(value);
  });
}

const ownEvents = [
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncrypt',
  'ScheduleKeyDeletion',
  'CancelKeyDeletion',
  'PutKeyPolicy',
  'DisableKey',
];
