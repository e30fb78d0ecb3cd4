// One of the requests, decided again and again through the compiled form: `node keyproof.mjs <name>`.
import { compileDecisions } from '../../dist/src/authorization/compile/index.js';
import { createContext, parseCaller } from '../../dist/src/inventory/index.js';
import { load } from '../../dist/src/load/index.js';
import { printRate } from './rate.mjs';
import { action, key, requests, role } from './requests.mjs';

const { keyPolicy, identityPolicies, context } = requests[process.argv[2]];

const decide = compileDecisions(inventoryOf());
const request = {
  caller: parseCaller(role),
  action,
  resource: key,
  context: createContext(context),
};
await printRate(() => decide(request), 1_000);

function inventoryOf() {
  const path = 'estate.keyproof.json';
  const estate = {
    version: 1,
    principals: [{ arn: role, tags: {}, policies: identityPolicies }],
    keys: [{ arn: key, policy: keyPolicy, spec: 'SYMMETRIC_DEFAULT', aliases: [], grants: [] }],
    complete: ['principals', 'keys', 'grants', 'scps', 'rcps', 'boundaries'],
  };
  const files = {
    read: (name) =>
      name === path ? new globalThis.TextEncoder().encode(JSON.stringify(estate)) : undefined,
    list: () => [],
  };
  const settingsOf = () => ({ parameters: {}, kinds: {} });
  const { inventory, diagnostics } = load({ paths: [path], files, settingsOf });
  if (diagnostics.length > 0) throw new Error(diagnostics[0].message);
  return inventory;
}
