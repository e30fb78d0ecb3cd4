import { findServiceCall } from '../../facts/index.js';
import type { ServiceProfile } from '../../facts/index.js';
import { createContext, findDependant } from '../../inventory/index.js';
import type {
  Context,
  ContextValue,
  Dependant,
  Inventory,
  Missing,
} from '../../inventory/index.js';
import { parseArn } from '../../policy/index.js';
import { hasHole, hole } from '../../source/index.js';
import type { Text } from '../../source/index.js';
import type { PartialRequest } from '../compile/index.js';
import { keyOfResource } from './call-key.js';
import type { ResourceKey } from './call-key.js';
import { forwarded, isOfKms, lostOnTheWay, setByService, sourceKeys } from './forwarded.js';

/** What a call of a service needs: its own permission, then what the service asks of KMS. */
export interface CallPlan {
  /** With the AWS managed key of the service, where that is used. */
  readonly inventory: Inventory;
  readonly legs: readonly [LegPlan, ...LegPlan[]];
  /** What was taken for granted about the resource. */
  readonly assumed: readonly Missing[];
  /** What a request can say of its own encryption without asking for another key than the resource's. */
  readonly headers?: { readonly encryption: Text; readonly keyArn: Text | undefined };
}

export interface LegPlan {
  readonly kind: 'service' | 'kms';
  readonly request: PartialRequest;
  /** Set where only some calls need it: which ones, in words. */
  readonly only?: string;
  /** Set where nothing is known about it. */
  readonly missing?: Missing;
  /** Set where it is refused before any policy is read: why, in words. */
  readonly refused?: string;
}

/** The legs of a call, the service's own first; `undefined` where the action uses no KMS key that is known of. */
export function planCall(inventory: Inventory, request: PartialRequest): CallPlan | undefined {
  const found = findServiceCall(request.action);
  if (found === undefined) return undefined;
  const { profile, call } = found;
  const listed = findDependant(inventory, request.resource);
  const used = keyOfResource(inventory, request, profile, call.direction, listed);
  const own = serviceLeg(request, used);
  switch (used.kind) {
    case 'none':
      return { inventory, legs: [own], assumed: used.assumed };
    case 'unknown':
      return {
        inventory,
        legs: [own, ...call.kms.map((use) => unknownLeg(request, use, used.missing))],
        assumed: [],
      };
    case 'key':
      return {
        inventory: used.inventory,
        legs: [own, ...call.kms.map((use) => kmsLeg(request, profile, used, listed, use))],
        assumed: used.assumed,
        ...(call.action === 's3:PutObject' ? { headers: headersFor(used, listed) } : {}),
      };
  }
}

function serviceLeg(request: PartialRequest, used: ResourceKey): LegPlan {
  const context = filtered(request.context, (name) => !isOfKms(name));
  const owner = used.kind === 'key' ? used.ownerAccount : undefined;
  const isOpen = request.resourceAccount === undefined && owner !== undefined;
  return {
    kind: 'service',
    request: { ...request, context, ...(isOpen ? { resourceAccount: owner } : {}) },
  };
}

interface Use {
  readonly action: string;
  readonly only?: string;
}

function unknownLeg(request: PartialRequest, { action, only }: Use, missing: Missing): LegPlan {
  const resource = hole('request', `the KMS key of ${request.resource}`);
  return {
    kind: 'kms',
    request: { ...request, action, resource },
    missing,
    ...(only === undefined ? {} : { only }),
  };
}

// SOURCE: facts kms-authz 119: as the caller in a forward access session, or as a service principal itself
function kmsLeg(
  request: PartialRequest,
  profile: ServiceProfile,
  { keyArn, region, isNamedByAlias }: Extract<ResourceKey, { kind: 'key' }>,
  listed: Dependant | undefined,
  { action, only }: Use,
): LegPlan {
  const { caller } = request;
  const isForwarded = 'account' in caller;
  const pairs = encryptionContext(request, profile, listed);
  const names = [...pairs.keys()];
  const context = new Map<string, ContextValue>([
    ...filtered(request.context, (name) => forwarded(name) || isOfKms(name)),
    ...createContext({
      ...Object.fromEntries(
        [...pairs].map(([name, value]) => [`kms:EncryptionContext:${name}`, value]),
      ),
      ...(profile.otherPairs === 'none' ? { 'kms:EncryptionContextKeys': names } : {}),
      ...(isForwarded ? { 'kms:ViaService': `${profile.service}.${region}.amazonaws.com` } : {}),
      ...(isForwarded ? setByService(profile.service, isNamedByAlias) : {}),
    }),
  ]);
  const isWithoutSource =
    caller.kind === 'service' && profile.callersWithoutSource.includes(caller.name);
  return {
    kind: 'kms',
    request: {
      caller,
      action,
      resource: keyArn,
      context,
      absent: [
        ...lostOnTheWay,
        ...(isNamedByAlias ? [] : ['kms:requestalias']),
        ...(isWithoutSource ? sourceKeys : []),
      ],
      ...(request.assume === undefined ? {} : { assume: request.assume }),
    },
    ...(only === undefined ? {} : { only }),
    ...(caller.kind === 'anonymous' ? { refused: 'KMS takes signed requests only' } : {}),
  };
}

function encryptionContext(
  { resource }: PartialRequest,
  { pairs }: ServiceProfile,
  listed: Dependant | undefined,
): ReadonlyMap<Text, Text> {
  // SOURCE: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingDSSEncryption.html: no Bucket Keys
  const usesBucketKey = listed?.bucketKey === true && listed.encryption !== 'aws:kms:dsse';
  return new Map(
    pairs.map(({ name, value }) => {
      switch (value) {
        case 'resource':
          return [name, resource];
        case 'container':
          return [name, usesBucketKey ? listed.arn : resource];
        case 'any':
          return [name, hole('request', `${name} of ${resource}`)];
      }
    }),
  );
}

function headersFor(
  { keyArn, isManaged }: Extract<ResourceKey, { kind: 'key' }>,
  listed: Dependant | undefined,
): NonNullable<CallPlan['headers']> {
  return {
    encryption: listed?.encryption ?? 'aws:kms',
    keyArn: isManaged || hasHole(parseArn(keyArn)?.resource ?? keyArn) ? undefined : keyArn,
  };
}

function filtered(context: Context, keeps: (name: string) => boolean): Context {
  return new Map([...context].filter(([name]) => keeps(name)));
}
