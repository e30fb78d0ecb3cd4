import { rcpServices } from '../../facts/index.js';
import { findAliases, isComplete, isServiceLinked } from '../../inventory/index.js';
import type { Account, Caller, Layer } from '../../inventory/index.js';
import type { Formula } from '../../logic/index.js';
import type { PolicyDocument } from '../../policy/index.js';
import type { Text } from '../../source/index.js';
import { isGone } from './assumptions.js';
import type { RequestAtom } from './atoms.js';
import type { Compiling } from './compiling.js';
import { compilePooled, compileResourceBased, undecidedLayer } from './layers.js';
import { stringEquals } from './operators.js';
import { same } from './principal.js';
import type { Question } from './question.js';
import { valueOf } from './variables.js';

/** What a limiting layer says: it must allow, and must not deny. */
export interface Limits {
  readonly allows: Formula<RequestAtom>;
  readonly denies: Formula<RequestAtom>;
}

/** The limits that bind the caller whatever grants access: organization policies and endpoint policies. */
export function compileLimits(at: Compiling): readonly Limits[] {
  return [serviceControl(at), resourceControl(at), ...endpoints(at)];
}

function noLimits({ formulas }: Compiling): Limits {
  return { allows: formulas.always, denies: formulas.never };
}

// A limiting layer that was not supplied allows, unless nothing may be assumed.
function unsupplied(at: Compiling, layer: Layer, of: Text, detail: string): Limits {
  if (at.question.request.assume !== 'nothing') return noLimits(at);
  return { allows: undecidedLayer(at, { layer, of, detail })('allows'), denies: at.formulas.never };
}

/** What the caller's permissions boundary says. */
export function compileBoundary(at: Compiling): Limits {
  const { inventory, principal, request } = at.question;
  const { caller } = request;
  const boundary = principal?.boundary;
  if (!('account' in caller) || caller.kind === 'root' || boundary === 'none') return noLimits(at);
  if (boundary !== undefined) return compilePooled(at, [boundary], 'boundary');
  const isWithout =
    principal === undefined
      ? isGone(at.question)
      : isComplete(inventory, caller.account, 'boundaries');
  return isWithout
    ? noLimits(at)
    : unsupplied(at, 'boundary', callerName(caller), 'the permissions boundary');
}

/** What the session policies of the caller say, of which an inventory has none. */
export function compileSession(at: Compiling): Limits {
  const { caller } = at.question.request;
  if (caller.kind !== 'role-session') return noLimits(at);
  return unsupplied(at, 'session', caller.roleArn, 'the session policies');
}

function callerName(caller: Extract<Caller, { readonly account: Text }>): Text {
  return caller.kind === 'role-session' ? caller.roleArn : caller.arn;
}

// SOURCE: facts evaluation 11.1, 11.2
function serviceControl(at: Compiling): Limits {
  const { question } = at;
  const { inventory, callerAccount, request } = question;
  const { caller } = request;
  const isBound =
    'account' in caller &&
    callerAccount?.managementAccount !== true &&
    !isServiceLinked(caller, question.principal);
  if (!isBound) return noLimits(at);
  if (callerAccount?.scps !== undefined) return compileLevels(at, callerAccount.scps);
  return isComplete(inventory, caller.account, 'scps')
    ? noLimits(at)
    : unsupplied(at, 'scp', caller.account, 'the service control policies');
}

// SOURCE: facts evaluation 11.1: every level must allow
function compileLevels(at: Compiling, levels: readonly (readonly PolicyDocument[])[]): Limits {
  const { formulas } = at;
  const pooled = levels.map((documents) => compilePooled(at, documents, 'scp'));
  return {
    allows: formulas.all(pooled.map(({ allows }) => allows)),
    denies: formulas.any(pooled.map(({ denies }) => denies)),
  };
}

const rcpBound: ReadonlySet<string> = new Set(rcpServices);

// SOURCE: facts evaluation 11.4 to 11.7
function resourceControl(at: Compiling): Limits {
  const { question } = at;
  const { inventory, request, action, service } = question;
  // SOURCE: facts evaluation 11.6
  const isWithout = request.resource === '*';
  const account: Account | undefined = isWithout ? question.callerAccount : question.ownerAccount;
  const id = isWithout && 'account' in request.caller ? request.caller.account : question.ownerId;
  const isBound =
    rcpBound.has(service) &&
    action !== 'kms:retiregrant' &&
    !isAwsManaged(question) &&
    account?.managementAccount !== true &&
    !isServiceLinked(request.caller, question.principal);
  if (!isBound || id === undefined) return noLimits(at);
  if (account?.rcps === undefined) {
    return isComplete(inventory, id, 'rcps')
      ? noLimits(at)
      : unsupplied(at, 'rcp', id, 'the resource control policies');
  }
  // SOURCE: facts evaluation 11.4: RCPFullAWSAccess is at every level, so RCPs only ever deny
  const compiled = account.rcps.flat().map((document) => compileResourceBased(at, document, 'rcp'));
  return {
    allows: at.formulas.always,
    denies: at.formulas.any(compiled.map(({ denies }) => denies)),
  };
}

// SOURCE: facts evaluation 11.5, 13.12
function isAwsManaged({ inventory, key }: Question): boolean {
  if (key === undefined) return false;
  return (
    key.manager === 'AWS' ||
    (findAliases(inventory, key) ?? []).some((alias) => alias.startsWith('alias/aws/'))
  );
}

// SOURCE: facts evaluation 14: an endpoint's policy filters the requests that come through it
function endpoints(at: Compiling): readonly Limits[] {
  const { formulas, question } = at;
  const through = valueOf(question, 'aws:SourceVpce');
  if (through.kind === 'absent' || through.kind === 'follows') return [];
  return question.inventory.endpoints
    .filter(({ service, policy }) => service === question.service && policy !== undefined)
    .map(({ id, policy }) => {
      const used =
        through.kind === 'constant'
          ? same(at, id, typeof through.value === 'string' ? through.value : '')
          : formulas.atom({
              kind: 'test',
              variable: through.variable,
              comparison: {
                operator: stringEquals,
                text: id,
              },
            });
      const document = policy as PolicyDocument;
      const { direct, role, account, denies } = compileResourceBased(
        at,
        gatewayServices.has(question.service) ? asAtGateway(document, question) : document,
        'endpoint',
      );
      return {
        allows: formulas.any([formulas.not(used), direct, role, account]),
        denies: formulas.all([used, denies]),
      };
    });
}

const gatewayServices: ReadonlySet<string> = new Set(['s3', 'dynamodb']);

// SOURCE: facts evaluation 14.2: there only `*` names everyone, and an account its root user alone
function asAtGateway(document: PolicyDocument, { request }: Question): PolicyDocument {
  const isRoot = request.caller.kind === 'root';
  return {
    ...document,
    statements: document.statements.flatMap((statement) => {
      if (statement.kind === 'broken' || statement.principal === undefined) return [statement];
      if (statement.principal.negated) return [];
      const entries = statement.principal.entries.filter(
        ({ form }) =>
          form.kind === 'everyone' ||
          form.kind === 'unresolved' ||
          (form.kind === 'account' && isRoot),
      );
      return [{ ...statement, principal: { ...statement.principal, entries } }];
    }),
  };
}
