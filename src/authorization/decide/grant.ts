import {
  encryptionContextOf,
  findValue,
  parseCaller,
  type ContextValue,
  type Grant,
  type Request,
} from '../../inventory/index.js';
import { parseArn, parsePrincipal, type PrincipalForm } from '../../policy/index.js';
import { equalTexts, type Text } from '../../source/index.js';
import { byPower, naming, type ByPower, type Naming } from './principal.js';
import { all, any, truthOf, type Truth } from './truth.js';

/** What the grants of a key say to a request. Grants only ever allow. */
export interface GrantSaying {
  readonly allows: ByPower;
  /** The grants that certainly allow. */
  readonly allowing: readonly Grant[];
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html */
export function hearGrants(grants: readonly Grant[], request: Request): GrantSaying {
  const isRetiring = request.action.toLowerCase() === 'kms:retiregrant';
  const heard = grants.map((grant) => ({
    grant,
    namings: isRetiring ? retirersOf(grant, request) : granteesOf(grant, request),
  }));
  return {
    allows: byPower(heard.flatMap(({ namings }) => namings)),
    allowing: heard.flatMap(({ grant, namings }) =>
      namings.some(({ truth }) => truth === true) ? [grant] : [],
    ),
  };
}

function granteesOf(grant: Grant, request: Request): readonly Naming[] {
  const operation = request.action.slice('kms:'.length).toLowerCase();
  // SOURCE: facts evaluation 13.7
  if (!grant.operations.some((granted) => granted.toLowerCase() === operation)) return [];
  const { power, truth } = naming(principalOf(grant.grantee), request);
  if (truth === false) return [];
  return [{ power, truth: all([truth, meetsConstraints(grant, request, operation)]) }];
}

/**
 * Who may retire a grant: its retiring principal, its grantee if RetireGrant is among the operations,
 * and the account that issued it (facts evaluation 13.10, kms-authz 80).
 */
function retirersOf(grant: Grant, request: Request): readonly Naming[] {
  if (request.grant !== undefined && request.grant !== grant.id) return [];
  const { retiringPrincipal, grantee, operations } = grant;
  const issuer = grant.issuingAccount ?? parseArn(request.resource)?.account ?? '';
  const issuingAccount = parseCaller(issuer);
  const account =
    issuingAccount !== undefined && 'account' in issuingAccount ? issuingAccount.account : issuer;
  return [
    ...(retiringPrincipal === undefined ? [] : [principalOf(retiringPrincipal)]),
    ...(operations.includes('RetireGrant') ? [principalOf(grantee)] : []),
    { kind: 'account' as const, account },
  ].map((form) => naming(form, request));
}

function principalOf(text: Text): PrincipalForm {
  return parsePrincipal(parseCaller(text)?.kind === 'service' ? 'Service' : 'AWS', text);
}

function meetsConstraints(grant: Grant, request: Request, operation: string): Truth {
  const { encryptionContextEquals, encryptionContextSubset, sourceArn } = grant.constraints ?? {};
  if (operation === 'creategrant') return isNoWider(grant, request);
  const fromSource = sourceArn === undefined ? true : isText(request, 'aws:SourceArn', sourceArn);
  // SOURCE: facts evaluation 13.9, kms-authz 73
  if (operation === 'describekey') return fromSource;
  return all([
    fromSource,
    encryptionContextSubset === undefined || hasPairs(request, encryptionContextSubset),
    encryptionContextEquals === undefined || hasExactly(request, encryptionContextEquals),
  ]);
}

/**
 * A grant made under a grant: of the parent's operations only, and under constraints as strict or
 * stricter (facts kms-authz 70).
 */
function isNoWider(parent: Grant, request: Request): Truth {
  const { encryptionContextEquals, encryptionContextSubset, sourceArn } = parent.constraints ?? {};
  const operations = findValue(request.context, 'kms:GrantOperations') ?? [];
  const ofParent = listOf(operations, (asked) => parent.operations.includes(asked));
  const exactly = isText(request, 'kms:GrantConstraintType', 'EncryptionContextEquals');
  const atLeast = isText(request, 'kms:GrantConstraintType', 'EncryptionContextSubset');
  return all([
    ofParent,
    sourceArn === undefined || isText(request, 'kms:GrantConstraintSourceArn', sourceArn),
    encryptionContextEquals === undefined ||
      all([exactly, hasExactly(request, encryptionContextEquals)]),
    encryptionContextSubset === undefined ||
      all([any([exactly, atLeast]), hasPairs(request, encryptionContextSubset)]),
  ]);
}

function isText(request: Request, key: string, expected: string): Truth {
  const value = findValue(request.context, key);
  return value === undefined ? false : listOf(value, (text) => equalTexts(text, expected));
}

/** Whether each text of a value passes. */
function listOf(value: ContextValue, passes: (text: Text) => boolean | undefined): Truth {
  if (typeof value === 'object' && 'unknown' in value) return [value.unknown];
  const texts = typeof value === 'string' ? [value] : value;
  return all(texts.map((text) => truthOf(passes(text), text)));
}

// SOURCE: facts evaluation 13.9: keys and values compare with case
function hasPairs(request: Request, pairs: ReadonlyMap<string, string>): Truth {
  const context = encryptionContextOf(request.context);
  return all(
    [...pairs].map(([key, expected]) => {
      const value = context.get(key);
      return value === undefined ? false : listOf(value, (text) => equalTexts(text, expected));
    }),
  );
}

function hasExactly(request: Request, pairs: ReadonlyMap<string, string>): Truth {
  const others = [...encryptionContextOf(request.context).keys()].some((key) => !pairs.has(key));
  return others ? false : hasPairs(request, pairs);
}
