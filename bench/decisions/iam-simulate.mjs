// The same request, decided by another program, which is installed in a folder of its own and is no part of
// this one: `node iam-simulate.mjs <name> <folder with node_modules>`.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { printRate } from './rate.mjs';
import { action, key, owner, requests, role } from './requests.mjs';

const [name, folder] = process.argv.slice(2);
const module = resolve(folder, 'node_modules/@cloud-copilot/iam-simulate/dist/esm/index.js');
const { runSimulation } = await import(pathToFileURL(module).href);
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
