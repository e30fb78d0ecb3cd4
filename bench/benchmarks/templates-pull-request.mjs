import { writeTemplates } from '../pull-request.mjs';

/** What people wait for in a pull request, with nothing kept of earlier runs. */
export const templatesInPullRequest = {
  name: 'lint 200 templates of 20 kB, each finding tried',
  of: 'time',
  bar: 120,
  samples: 3,
  prepare: () => ({ args: ['lint', '--no-cache', '--format', 'json', '.'], cwd: writeTemplates() }),
};
