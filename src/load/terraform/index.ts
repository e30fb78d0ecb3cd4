export { terraformPlan } from './plan/loader.js';
