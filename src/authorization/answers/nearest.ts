import { arnOfCaller } from '../../inventory/index.js';
import type { Caller, Inventory, Layer } from '../../inventory/index.js';
import {
  findAccount,
  findDependant,
  findKey,
  findPrincipal,
  withDocuments,
} from '../../inventory/index.js';
import { createFormulas, solve, atomsOf } from '../../logic/index.js';
import { matchesAction } from '../../policy/index.js';
import type { PatternElement, PolicyDocument, Statement } from '../../policy/index.js';
import type { Span } from '../../source/index.js';
import {
  compileRequest,
  identityOf,
  possibleCallers,
  requestTheory,
  variablesOf,
} from '../compile/index.js';
import type { PartialRequest, RequestAtom } from '../compile/index.js';
import { addStatement } from './edits.js';
import type { Place } from './edits.js';

/** A change of one policy after which a request that is never allowed can be allowed. */
export interface NearestChange {
  readonly layer: Layer;
  /** What to change, in words, in the imperative. */
  readonly change: string;
  /** The statement to change; absent where one is to be added. */
  readonly span?: Span;
  /** The inventory with the change made. */
  readonly after: Inventory;
}

interface Edit extends Omit<NearestChange, 'after'> {
  readonly apply: (inventory: Inventory) => Inventory;
}

const combinationsMax = 400;

/**
 * The smallest changes that would let the request through, one that changes a statement before one
 * that adds one. Where no single change does, pairs are tried, and named together.
 */
export function nearestChanges(
  inventory: Inventory,
  request: PartialRequest,
): readonly NearestChange[] {
  const edits = candidates(inventory, request);
  const changedBy = (some: readonly Edit[]): Inventory =>
    some.reduce((edited, edit) => edit.apply(edited), inventory);
  const flips = (some: readonly Edit[]): boolean => isPossible(changedBy(some), request);
  const single = edits.filter((edit) => flips([edit]));
  if (single.length > 0) return single.map((edit) => made(edit, changedBy([edit])));
  const pairs = edits.flatMap((first, index) =>
    edits.slice(index + 1).map((second) => [first, second] as const),
  );
  return pairs
    .filter(([first, second]) => first.layer !== second.layer)
    .slice(0, combinationsMax)
    .filter(flips)
    .slice(0, 3)
    .map(([first, second]) => ({
      ...made(first, changedBy([first, second])),
      change: `${first.change}, and ${second.change}`,
    }));
}

function made({ layer, change, span }: Edit, after: Inventory): NearestChange {
  return span === undefined ? { layer, change, after } : { layer, change, span, after };
}

function isPossible(inventory: Inventory, request: PartialRequest): boolean {
  const formulas = createFormulas<RequestAtom>(identityOf);
  const allowed = compileRequest(formulas, inventory, request);
  const formula = formulas.all([allowed, possibleCallers(formulas, inventory, request, allowed)]);
  const variables = [...atomsOf(formula).values()].flatMap(variablesOf);
  return solve(formulas, formula, requestTheory(variables), 2_000).kind === 'satisfied';
}

function candidates(inventory: Inventory, request: PartialRequest): readonly Edit[] {
  const places = placesOf(inventory, request);
  const changed = places.flatMap((place) => statementEdits(place, request));
  const added = places.flatMap((place) => additions(place, request));
  return [...changed, ...added, ...identityAddition(inventory, request)];
}

// Every document that has a say, with the way to replace it.
function placesOf(inventory: Inventory, request: PartialRequest): readonly Place[] {
  const { caller } = request;
  const key = findKey(inventory, request.resource);
  const principal = findPrincipal(inventory, caller);
  const account = 'account' in caller ? findAccount(inventory, caller.account) : undefined;
  const owner = key === undefined ? undefined : findAccount(inventory, key.account);
  const places: Place[] = [];
  if (key?.policy !== undefined) places.push({ layer: 'key-policy', document: key.policy });
  const resource = findDependant(inventory, request.resource)?.policy;
  if (resource !== undefined) places.push({ layer: 'resource-policy', document: resource });
  for (const document of principal?.policies ?? []) places.push({ layer: 'identity', document });
  if (principal?.boundary !== undefined && principal.boundary !== 'none')
    places.push({ layer: 'boundary', document: principal.boundary });
  for (const document of (account?.scps ?? []).flat()) places.push({ layer: 'scp', document });
  for (const document of (owner?.rcps ?? []).flat()) places.push({ layer: 'rcp', document });
  for (const { policy } of inventory.endpoints)
    if (policy !== undefined) places.push({ layer: 'endpoint', document: policy });
  return places;
}

function statementEdits(place: Place, request: PartialRequest): readonly Edit[] {
  return place.document.statements.flatMap((statement) => {
    if (statement.kind === 'broken') return [];
    const edit = (change: string, replacement: Statement | undefined): Edit => ({
      layer: place.layer,
      change,
      span: statement.span,
      apply: (inventory) =>
        withDocuments(inventory, (document) =>
          replaced(document, place.document, statement, replacement),
        ),
    });
    const name = nameOf(statement);
    if (statement.effect === 'Deny') {
      return speaksOf(statement.action, request.action)
        ? [edit(`remove or narrow the Deny ${name}`, undefined)]
        : [];
    }
    const edits: Edit[] = [];
    const { action, conditions } = statement;
    if (speaksOf(action, request.action)) {
      for (const condition of conditions) {
        edits.push(
          edit(
            `meet or drop the condition \`${condition.operatorText}\` on \`${condition.key}\` of ${name}`,
            {
              ...statement,
              conditions: conditions.filter((other) => other !== condition),
            },
          ),
        );
      }
    } else if (action !== undefined && !action.negated) {
      edits.push(
        edit(`add \`${request.action}\` to the actions of ${name}`, {
          ...statement,
          action: extended(action, request.action),
        }),
      );
    }
    if (place.layer === 'identity' && statement.resource?.negated === false) {
      edits.push(
        edit(`add \`${request.resource}\` to the resources of ${name}`, {
          ...statement,
          resource: extended(statement.resource, request.resource),
        }),
      );
    }
    return edits;
  });
}

function speaksOf(action: PatternElement | undefined, wanted: string): boolean {
  if (action === undefined) return false;
  return (
    action.patterns.some(({ text }) => matchesAction(text, wanted) !== false) !== action.negated
  );
}

function extended(element: PatternElement, text: string): PatternElement {
  return { ...element, patterns: [...element.patterns, { text, span: element.span }] };
}

function nameOf({ sid, index }: Statement): string {
  return sid === undefined ? `statement ${index + 1}` : `statement \`${sid}\``;
}

function replaced(
  document: PolicyDocument,
  target: PolicyDocument,
  statement: Statement,
  replacement: Statement | undefined,
): PolicyDocument {
  if (document.span !== target.span) return document;
  return {
    ...document,
    statements: document.statements.flatMap((other) =>
      other !== statement ? [other] : replacement === undefined ? [] : [replacement],
    ),
  };
}

function additions(place: Place, request: PartialRequest): readonly Edit[] {
  const { caller, action } = request;
  const add = (change: string, principal: string | undefined): Edit => ({
    layer: principal === undefined || !isAccount(principal) ? place.layer : 'delegation',
    change,
    apply: (inventory) =>
      withDocuments(inventory, (document) =>
        document.span === place.document.span
          ? addStatement(document, request, principal)
          : document,
      ),
  });
  switch (place.layer) {
    case 'key-policy': {
      const named = principalOf(caller);
      const edits =
        named === undefined
          ? []
          : [add(`allow \`${named}\` to \`${action}\` in the key policy`, named)];
      if ('account' in caller)
        edits.push(
          add(
            `let the key policy delegate \`${action}\` to the IAM policies of account ${caller.account}`,
            caller.account,
          ),
        );
      return edits;
    }
    case 'resource-policy': {
      const named = principalOf(caller);
      return named === undefined
        ? []
        : [add(`allow \`${named}\` to \`${action}\` in the resource-based policy`, named)];
    }
    case 'boundary':
      return [add(`allow \`${action}\` in the permissions boundary`, undefined)];
    case 'scp':
      return [add(`allow \`${action}\` in the service control policies of that level`, undefined)];
    case 'identity':
    case 'delegation':
    case 'grant':
    case 'session':
    case 'rcp':
    case 'endpoint':
    case 'trust':
      return [];
  }
}

// Works also for a caller that has no policies yet.
function identityAddition(inventory: Inventory, request: PartialRequest): readonly Edit[] {
  const principal = findPrincipal(inventory, request.caller);
  if (principal?.policies === undefined) return [];
  const none: PolicyDocument = {
    kind: 'identity',
    version: '2012-10-17',
    statements: [],
    span: principal.span,
  };
  const added = addStatement(none, request, undefined);
  return [
    {
      layer: 'identity',
      change: `allow \`${request.action}\` on \`${request.resource}\` in an IAM policy of the caller`,
      apply: (given) => ({
        ...given,
        principals: given.principals.map((other) =>
          other.arn === principal.arn
            ? { ...other, policies: [...(other.policies ?? []), added] }
            : other,
        ),
      }),
    },
  ];
}

function isAccount(principal: string): boolean {
  return /^\d{12}$/.test(principal);
}

function principalOf(caller: Caller): string | undefined {
  return caller.kind === 'service' ? caller.name : arnOfCaller(caller);
}
