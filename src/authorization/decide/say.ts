import type { Layer, Request } from '../../inventory/index.js';
import type { Broken, PolicyDocument, PrincipalElement, Statement } from '../../policy/index.js';
import type { Gap, Supply } from './applied.js';
import {
  byPower,
  isAllowed,
  isDenied,
  naming,
  noPower,
  powers,
  type ByPower,
  type Power,
} from './principal.js';
import { applies } from './statement.js';
import { all, any, unknownHoles, type Truth } from './truth.js';

/** What the policies of a layer say to a request. */
export interface Saying {
  /** How far each Allow carries; policies without principals allow `alone`. */
  readonly allows: ByPower;
  readonly denies: Truth;
  /** The statements that certainly allow, by how far they carry. */
  readonly allowing: Readonly<Record<Power, readonly Statement[]>>;
  /** The statements that certainly deny. */
  readonly denying: readonly Statement[];
  /** Statements of which it is unknown whether they apply. */
  readonly open: readonly (Statement | Broken)[];
}

/** How a layer reads the `Principal` of a statement. */
export interface Reading {
  readonly layer: Layer;
  readonly principals: 'none' | 'named' | 'gateway';
  /** Whether the caller has a permissions boundary. */
  readonly hasBoundary: Truth;
}

/** What one level of pooled policies says: any Allow allows, any Deny denies (facts evaluation 1.2, 1.8). */
export function hear(
  documents: readonly PolicyDocument[],
  request: Request,
  reading: Reading,
): Saying {
  const heard = documents.flatMap((document) => hearDocument(document, request, reading));
  const allowsOf = (power: Power): Truth => any(heard.map(({ allows }) => allows[power]));
  const allowingOf = (power: Power): readonly Statement[] =>
    heard.flatMap(({ statement, allows }) =>
      statement?.kind === 'statement' && allows[power] === true ? [statement] : [],
    );
  return {
    allows: perPower(allowsOf),
    denies: any(heard.map(({ denies }) => denies)),
    allowing: perPower(allowingOf),
    denying: heard.flatMap(({ statement, denies }) =>
      statement?.kind === 'statement' && denies === true ? [statement] : [],
    ),
    open: heard.flatMap(({ statement, allows, denies }) =>
      statement && [denies, ...Object.values(allows)].some((truth) => typeof truth === 'object')
        ? [statement]
        : [],
    ),
  };
}

function perPower<T>(of: (power: Power) => T): Readonly<Record<Power, T>> {
  return {
    alone: of('alone'),
    'within-limits': of('within-limits'),
    'with-identity': of('with-identity'),
  };
}

interface Heard {
  readonly statement?: Statement | Broken;
  readonly allows: ByPower;
  readonly denies: Truth;
}

function hearDocument(
  document: PolicyDocument,
  request: Request,
  reading: Reading,
): readonly Heard[] {
  if (document.unresolved !== undefined) {
    const unknown = unknownHoles([document.unresolved]);
    return [{ allows: { ...noPower, alone: unknown }, denies: unknown }];
  }
  return document.statements.map((statement) =>
    statement.kind === 'broken'
      ? hearBroken(statement, document, reading)
      : hearStatement(statement, document, request, reading),
  );
}

/** A statement that could not be read may apply, and where its Effect is lost, may do either. */
function hearBroken(statement: Broken, document: PolicyDocument, { layer }: Reading): Heard {
  const of = document.name ?? statement.sid ?? document.span.source.path;
  const unknown = [{ layer, of, detail: `a statement that can be read: ${statement.reason}` }];
  return {
    statement,
    allows: statement.effect === 'Deny' ? noPower : { ...noPower, alone: unknown },
    denies: statement.effect === 'Allow' ? false : unknown,
  };
}

function hearStatement(
  statement: Statement,
  document: PolicyDocument,
  request: Request,
  reading: Reading,
): Heard {
  const silent = { statement, allows: noPower, denies: false };
  const applying = applies(document, statement, request);
  if (applying === false) return silent;
  const { principal, effect } = statement;
  if (reading.principals === 'none') {
    // SOURCE: facts evaluation 2.5: here a statement has no Principal, and one with it was never saved
    if (principal !== undefined) return silent;
    return effect === 'Deny'
      ? { ...silent, denies: applying }
      : { ...silent, allows: { ...noPower, alone: applying } };
  }
  // SOURCE: facts evaluation 2.5: a statement of a resource-based policy without Principal never applies
  if (principal === undefined) return silent;
  if (effect === 'Deny') {
    const hits =
      reading.principals === 'gateway'
        ? any(Object.values(isAllowedAtGateway(principal, request)))
        : isDenied(principal, request, reading.hasBoundary);
    return { ...silent, denies: all([applying, hits]) };
  }
  const named =
    reading.principals === 'gateway'
      ? isAllowedAtGateway(principal, request)
      : isAllowed(principal, request);
  return { ...silent, allows: perPower((power) => all([named[power], applying])) };
}

/**
 * At a gateway endpoint only `*` names everyone, and an account principal its root user alone (facts
 * evaluation 14.2).
 */
function isAllowedAtGateway({ entries, negated }: PrincipalElement, request: Request): ByPower {
  if (negated) return noPower;
  const isRoot = request.caller.kind === 'root';
  const named = entries.filter(
    ({ form }) =>
      form.kind === 'everyone' || form.kind === 'unresolved' || (form.kind === 'account' && isRoot),
  );
  return byPower(named.map(({ form }) => naming(form, request)));
}

/** Whether the policies of a layer that limits let the request through: an Allow at every level. */
export function isLetThrough(supply: Supply, levels: readonly Saying[]): Truth {
  // SOURCE: facts evaluation 1.4
  const through = levels.map(({ allows }) => any(powers.map((power) => allows[power])));
  const { gap } = supply;
  return all([...through, ...(gap?.taken === 'unknown' ? [unknownGap(gap)] : [])]);
}

/** Whether a layer denies explicitly; what was not supplied may, unless its absence is assumed. */
export function isRefused({ gap }: Supply, levels: readonly Saying[]): Truth {
  const denies = levels.map((level) => level.denies);
  return any([...denies, ...(gap?.taken === 'unknown' ? [unknownGap(gap)] : [])]);
}

export function unknownGap({ missing }: Gap): Truth {
  return [missing];
}
