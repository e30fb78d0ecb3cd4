export { terraformHcl } from './hcl/loader.js';
export { terraformPlan } from './plan/loader.js';
