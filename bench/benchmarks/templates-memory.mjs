import { lintTemplates } from '../templates.mjs';

export const templatesMemory = {
  name: 'peak memory of lint on 324 templates',
  of: 'memory',
  bar: 500,
  samples: 1,
  prepare: () => lintTemplates(),
};
