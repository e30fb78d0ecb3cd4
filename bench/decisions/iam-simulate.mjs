// The same request, decided by another program, which is installed in a folder of its own and is no part of
// this one: `node iam-simulate.mjs <name> <folder with node_modules>`.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { printRate } from './rate.mjs';
import { action, key, owner, requests, role } from './requests.mjs';

const [name, folder] = process.argv.slice(2);
const { runSimulation } = createRequire(resolve(folder, 'package.json'))(
  '@cloud-copilot/iam-simulate',
);
const { keyPolicy, identityPolicies, context } = requests[name];

const simulation = {
  identityPolicies: identityPolicies.map((policy, index) => ({ name: `policy-${index}`, policy })),
  serviceControlPolicies: [],
  resourceControlPolicies: [],
  resourcePolicy: keyPolicy,
  request: {
    action,
    principal: role,
    resource: { accountId: owner, resource: key },
    contextVariables: context,
  },
};
await printRate(async () => (await runSimulation(simulation, {})).overallResult, 10);
