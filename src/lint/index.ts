export type { Confirmation, Finding, Suppressed } from './finding.js';
export { confirm } from './confirm.js';
export type { Remembered } from './confirm.js';
export { detect } from './detect.js';
export type { RuleSetting } from './detect.js';
export { filesOf } from './files-of.js';
export { findUntried, lint } from './lint.js';
export type { Interruption, LintResult, LintSettings, Timing } from './lint.js';
export { ownRules } from './suppressions/own-rules.js';
export { suppress } from './suppressions/suppress.js';
export type { ConfiguredSuppression } from './suppressions/exception.js';
export type { SuppressSettings } from './suppressions/suppress.js';
export { BASELINE_FILE } from './baseline/baseline.js';
export type { Baseline, BaselineEntry } from './baseline/baseline.js';
export { applyBaseline, pruneBaseline, writeBaseline } from './baseline/apply-baseline.js';
export type { BaselineView } from './baseline/apply-baseline.js';
export { parseBaseline } from './baseline/parse-baseline.js';
export { printBaseline } from './baseline/print-baseline.js';
export { rule } from './rule.js';
export type {
  AnyRule,
  Attempt,
  Expectations,
  Proof,
  RuleMeta,
  Scenario,
  Step,
  Suspicion,
  Unsimulated,
  View,
} from './rule.js';

export { withActors, outsiders, roleBeside, rootBeside } from './kit/actors.js';
export type { Actor } from './kit/actors.js';
export {
  administratorsOf,
  changesByAll,
  findLockout,
  lockoutScenario,
} from './kit/administration.js';
export type { KeyClaim } from './kit/administration.js';
export {
  isRefused,
  isSuccess,
  simulatedActions,
  stageFor,
  stepsOf,
  triableActions,
} from './kit/calls.js';
export { circumstancesFor, plainly } from './kit/circumstances.js';
export type { Circumstances } from './kit/circumstances.js';
export { deployersKeptOut } from './kit/deployers.js';
export { isLeftAlone } from './kit/earlier.js';
export { insiderFreedom, namedFreedom } from './kit/freedom.js';
export { explainGuards } from './kit/guards.js';
export { administratorOf, exists, withAdministrator } from './kit/insiders.js';
export { findOutsiderAccess, outsiderScenario } from './kit/outsider-access.js';
export type { OutsiderAccess } from './kit/outsider-access.js';
export { keyHoldersOf } from './kit/key-holders.js';
export type { KeyHolder } from './kit/key-holders.js';
export { questionOf } from './kit/questions.js';
export { presumeOwner } from './kit/presumed-owner.js';
export { afterRecreation, recreatable, recreation } from './kit/recreation.js';
export { rejectionScenario } from './kit/rejection.js';
export type { RejectedStatement } from './kit/rejection.js';
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
} from './kit/statements.js';
export { scopeTo } from './kit/scope.js';
export { areAllRefused, decideTry, findAllowed } from './kit/tries.js';
export type { Try } from './kit/tries.js';

// Trying one part of a policy, and finding it again in another version of the estate.
export {
  areRefusedInEveryWorld,
  decidePut,
  isAboutObjects,
  kmsBucketsOf,
  nameOfBucket,
  objectKeysIn,
  viaS3,
  withBucket,
} from './kit/buckets.js';
export type { KmsBucket } from './kit/buckets.js';
export {
  cdkCalls,
  claimOf,
  decrypting,
  encrypting,
  failedWith,
  findCall,
  inputField,
  isInTest,
  leavesOut,
  madeBy,
  nameOfCall,
  pairsIn,
  sdkCalls,
  textIn,
} from './kit/code.js';
export type { CallClaim } from './kit/code.js';
export { attemptsAtEverything, isDoneBy, reEncryptingSteps } from './kit/every-call.js';
export { allowsOnly, findHolder } from './kit/holders.js';
export type { Holder } from './kit/holders.js';
export { findPlaced, placedStatementsOf } from './kit/places.js';
export type { Place, PlacedStatement } from './kit/places.js';
export { removalsOf, usesOf } from './kit/removals.js';
export type { Removal, Use } from './kit/removals.js';
export { eventsOf, isRecorded } from './kit/recorded.js';
export type { KmsEvent } from './kit/recorded.js';
export { benchFor, keyBenchFor, standInKey } from './kit/stand-ins.js';
