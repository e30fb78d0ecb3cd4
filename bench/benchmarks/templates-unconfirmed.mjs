import { lintTemplates } from '../templates.mjs';

export const templatesUnconfirmed = {
  name: 'lint 324 templates with --no-confirm',
  of: 'time',
  bar: 150,
  samples: 3,
  prepare: () => lintTemplates('--no-confirm'),
};
