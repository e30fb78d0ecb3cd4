import {
  benchFor,
  equalTexts,
  eventsOf,
  isRecorded,
  rule,
  showText,
  stepsOf,
  type EventSelector,
  type KmsEvent,
  type Severity,
  type Trail,
} from '../../src/rule.js';

/** A trail or event data store does not record certain calls of AWS KMS. */
interface Claim {
  readonly trail: string;
  readonly actions: readonly string[];
}

export const kmsEventsExcluded = rule<Claim>({
  meta: {
    id: 'kms-events-excluded',
    title: 'Trail that leaves out the events of AWS KMS',
    severity: 'warning',
    category: 'audit',
    since: '0.1.0',
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html',
      'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html',
    ],
    presets: ['recommended', 'strict'],
    ephemeral: 'info',
  },

  *detect({ inventory }) {
    for (const trail of inventory.trails) {
      // Without selectors nothing is known of what it records.
      if (trail.selectors.length === 0) continue;
      const gap = gapOf(trail);
      if (gap === undefined) continue;
      const substitute = inventory.trails.find(
        (other) => other !== trail && gap.events.every((event) => isRecorded(other, event)),
      );
      const selector = blameIn(trail);
      yield {
        claim: {
          trail: trail.address,
          actions: gap.events.map(({ eventName }) => `kms:${eventName}`),
        },
        message: `${calledBy(trail)} ${gap.message}`,
        why: gap.why,
        fix: gap.fix,
        span: selector?.span ?? trail.span,
        severity: substitute === undefined ? gap.severity : 'info',
        ...(substitute === undefined
          ? {}
          : {
              related: [
                { span: substitute.span, message: `${calledBy(substitute)} does record them` },
              ],
            }),
        address: trail.address,
        subject: gap.message,
      };
    }
  },

  scenario({ trail: address, actions }, inventory) {
    const trail = inventory.trails.find((one) => one.address === address);
    if (trail === undefined) return { unsimulated: 'the trail is not there' };
    const { stage, caller, key } = benchFor({ actions: ['kms:*'] });
    return {
      claims: 'cannot',
      stage,
      attempts: {
        kind: 'all',
        attempts: actions.map((action) =>
          stepsOf(stage, {
            caller,
            action,
            key: key.arn,
            circumstances: { context: {}, encryptionContext: {} },
          }),
        ),
      },
      succeeded: (exchanges) =>
        eventsOf(stage, exchanges).some((event) => isRecorded(trail, event)),
    };
  },
});

const eventSource = 'kms.amazonaws.com';

/** Of each kind of event one that tells. SOURCE: facts gotchas G2: the cryptographic operations are read events */
const reading: KmsEvent = { eventSource, eventName: 'GenerateDataKey', readOnly: true };
const writing: KmsEvent = { eventSource, eventName: 'ScheduleKeyDeletion', readOnly: false };

interface Gap {
  readonly events: readonly KmsEvent[];
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly severity: Severity;
}

function gapOf(trail: Trail): Gap | undefined {
  const reads = isRecorded(trail, reading);
  const writes = isRecorded(trail, writing);
  if (reads && writes) return undefined;
  if (reads) {
    return {
      events: [writing],
      message:
        'records no change of a key: not `PutKeyPolicy`, `DisableKey` or `ScheduleKeyDeletion`',
      why: 'it records read events alone, so that nobody finds out later who changed or deleted a key',
      fix: advised(trail, 'record write events too'),
      severity: 'warning',
    };
  }
  if (writes) {
    return {
      events: [reading],
      message: 'records no use of a key: not `Encrypt`, `Decrypt` or `GenerateDataKey`',
      why: 'it records write events alone, and AWS CloudTrail counts these operations as read events, so that nobody finds out later who decrypted',
      fix: advised(trail, 'record read events too, unless their number is the reason'),
      severity: 'info',
    };
  }
  const isExcluded = trail.selectors.some(excludesKms);
  return {
    events: [reading, writing],
    message: 'records nothing that AWS KMS does',
    why: `${
      isExcluded
        ? 'it leaves out `kms.amazonaws.com`'
        : 'it records no management events of AWS KMS'
    }, so that nobody finds out later who decrypted, or who changed or deleted a key; the Event history of CloudTrail keeps that for 90 days only`,
    fix: isExcluded
      ? advised(trail, 'record events of `kms.amazonaws.com`')
      : advised(trail, 'record management events, in this trail or in another'),
    severity: 'warning',
  };
}

function advised({ selectors }: Trail, aim: string): string {
  return selectors.some(({ advanced }) => advanced !== undefined)
    ? `${aim}: change the conditions of the advanced event selector`
    : `${aim}: see \`IncludeManagementEvents\`, \`ReadWriteType\` and \`ExcludeManagementEventSources\``;
}

function excludesKms({ excludeManagementEventSources }: EventSelector): boolean {
  return excludeManagementEventSources.some((one) => equalTexts(one, eventSource) === true);
}

/** The selector to look at: one that names AWS KMS, or the first. */
function blameIn({ selectors }: Trail): EventSelector | undefined {
  return selectors.find(excludesKms) ?? selectors[0];
}

function calledBy({ kind, name }: Trail): string {
  return `${kind === 'trail' ? 'trail' : 'event data store'} \`${showText(name)}\``;
}
