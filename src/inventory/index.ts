export type * from './inventory.js';
export type { Caller, RoleSession } from './caller.js';
export type { Context, ContextValue, Layer, Missing, Request, UnknownValue } from './request.js';
export { emptyInventory } from './empty.js';
export { merge } from './merge.js';
