import type { InitReport } from '../init.js';
import { diagnosticJson, type Json } from './parts.js';

export function initJson({ found, files, next, diagnostics }: InitReport): Json {
  return {
    version: 1,
    found: {
      formats: found.formats.map(({ format, files: number, folders }) => ({
        format,
        files: number,
        folders,
      })),
      keys: found.keys,
      principals: found.principals,
    },
    files: files.map(({ path, about, outcome, text, reason }) => ({
      path,
      about,
      outcome,
      text,
      ...(reason === undefined ? {} : { reason }),
    })),
    next,
    diagnostics: diagnostics.map(diagnosticJson),
  };
}
