// The rule author's kit: all that a rule needs, and the only module that it imports.

// What a rule is.
export { rule } from './lint/index.js';
export type {
  Attempt,
  Expectations,
  Scenario,
  Step,
  Suspicion,
  Unsimulated,
  View,
} from './lint/index.js';

// Looking at statements, and naming them in messages.
export {
  actionsOf,
  covers,
  grantsTo,
  isWhole,
  keyStatementsOf,
  nameOf,
  nameOfKey,
  principalsOf,
  spanOfPolicy,
  spanOfPrincipal,
  statementsIn,
  statementsNaming,
  statementsOf,
  subjectOf,
} from './lint/index.js';

// Who tries, under what circumstances, and what the policies say to it.
export {
  administratorOf,
  areAllRefused,
  circumstancesFor,
  decideTry,
  exists,
  findAllowed,
  insiderFreedom,
  keyHoldersOf,
  namedFreedom,
  outsiders,
  plainly,
  presumeOwner,
  roleBeside,
  rootBeside,
  scopeTo,
  withActors,
  withAdministrator,
} from './lint/index.js';
export type { Actor, Circumstances, KeyHolder, Try } from './lint/index.js';

// Trying it on an engine.
export {
  isRefused,
  isSuccess,
  simulatedActions,
  stageFor,
  stepsOf,
  triableActions,
} from './lint/index.js';

// Stories that several rules tell.
export {
  administratorsOf,
  afterRecreation,
  changesByAll,
  explainGuards,
  findLockout,
  findOutsiderAccess,
  lockoutScenario,
  outsiderScenario,
  recreatable,
  recreation,
  rejectionScenario,
} from './lint/index.js';
export type { KeyClaim, OutsiderAccess, RejectedStatement } from './lint/index.js';

// The vocabulary below.
export type { Call, Exchange } from './engine/index.js';
export { actionNames, findConditionKey, worksAcrossAccounts } from './facts/index.js';
export { documentsOf, findKey, findPrincipal, parseCaller } from './inventory/index.js';
export type { Grant, Inventory, Key, OwnedDocument, Owner, Principal } from './inventory/index.js';
export { parseArn, printPolicy } from './policy/index.js';
export type { Condition, PolicyDocument, PrincipalEntry, Statement } from './policy/index.js';
export { hasHole, showText } from './source/index.js';
export type { Span, Text } from './source/index.js';

// Trying one part of a policy, and finding it again in another version of the estate.
export {
  allowsOnly,
  areRefusedInEveryWorld,
  attemptsAtEverything,
  benchFor,
  decidePut,
  eventsOf,
  findHolder,
  findPlaced,
  isAboutObjects,
  isDoneBy,
  isRecorded,
  keyBenchFor,
  kmsBucketsOf,
  nameOfBucket,
  objectKeysIn,
  placedStatementsOf,
  reEncryptingSteps,
  standInKey,
  viaS3,
  withBucket,
} from './lint/index.js';
export type { Holder, KmsBucket, KmsEvent, Place, PlacedStatement } from './lint/index.js';
export type { CallContext } from './engine/index.js';
export { conditionKeys, hasNoResource, servicePrefixes, viaServices } from './facts/index.js';
export { keyIdOf } from './inventory/index.js';
export type { Dependant, EventSelector, Trail } from './inventory/index.js';
export {
  matchesAction,
  matchesArn,
  matchesWildcard,
  nearestName,
  variablesOf,
} from './policy/index.js';
export { equalTexts } from './source/index.js';
export type { Severity } from './source/index.js';
