import { lintTemplates } from '../templates.mjs';

export const templatesConfirmed = {
  name: 'lint 324 templates, each finding tried',
  of: 'time',
  bar: 900,
  samples: 3,
  prepare: () => lintTemplates(),
};
