import { readFileSync } from 'node:fs';
import type { Inventory } from '../../src/inventory/index.js';
import { cloudFormation } from '../../src/load/cloudformation/index.js';
import type { LoadSettings } from '../../src/load/index.js';
import type { PolicyDocument } from '../../src/policy/index.js';
import { showText, type Diagnostic, type Files } from '../../src/source/index.js';

const noFiles: Files = { read: () => undefined, list: () => [] };

/** Loads a template written in a test, or one of the fixtures. */
export function loadTemplate(
  text: string,
  settings: Partial<LoadSettings> = {},
  files: Files = noFiles,
  path = 'template',
): { readonly inventory: Inventory; readonly diagnostics: readonly Diagnostic[] } {
  const all = { parameters: {}, kinds: {}, ...settings };
  const loaded = cloudFormation.load({ path, text }, files, all);
  if (loaded === undefined) throw new Error('not a template');
  return { inventory: loaded.value, diagnostics: loaded.diagnostics };
}

export function fixture(path: string): string {
  return readFileSync(`fixtures/load/${path}`, 'utf8');
}

/** A policy in a line a statement: sid or actions, with a mark where its presence is unknown. */
export function linesOf(document: PolicyDocument | 'none' | undefined): readonly string[] {
  if (document === undefined || document === 'none') return [document ?? 'not supplied'];
  if (document.unresolved !== undefined) return [`unknown: ${showText(document.unresolved)}`];
  return document.statements.map((statement) => {
    if (statement.kind === 'broken') return `broken: ${statement.reason}`;
    const actions = statement.action?.patterns.map(({ text }) => text).join(',');
    const resources = statement.resource?.patterns.map(({ text }) => showText(text)).join(',');
    const principals = statement.principal?.entries.map(({ text }) => showText(text)).join(',');
    const presence = statement.presence === undefined ? '' : ` if ${showText(statement.presence)}`;
    const who = principals === undefined ? '' : `${principals} `;
    return `${statement.effect} ${who}${actions ?? ''} on ${resources ?? 'it'}${presence}`;
  });
}

/** Anything of an inventory without its places, for comparing. */
export function withoutSpans(value: unknown): unknown {
  if (value instanceof Map) return [...value].map(withoutSpans);
  if (value instanceof Set) return [...value].map(withoutSpans);
  if (Array.isArray(value)) return value.map(withoutSpans);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !/span$/i.test(key) && key !== 'covers')
      .map(([key, member]) => [key, withoutSpans(member)]),
  );
}
