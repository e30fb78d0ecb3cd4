import type { Host } from '../host/index.js';
import { invariant } from '../source/index.js';
import { versionOf } from './describe-tool.js';

export type Forge = 'github' | 'gitlab';

/** A file that makes a forge run keyproof. */
export interface CiFile {
  readonly path: string;
  readonly about: string;
  readonly text: string;
}

/** Which forge a repository is on, by its files, else by where it was cloned from; `undefined`: nothing tells. */
export function detectForge({ files }: Host): Forge | undefined {
  const names = files.list('.');
  const here = 'unreadable' in names ? [] : names;
  if (here.includes('.gitlab-ci.yml') || here.includes('.gitlab/')) return 'gitlab';
  if (here.includes('.github/')) return 'github';
  const git = files.read('.git/config');
  const remotes = git instanceof Uint8Array ? new TextDecoder().decode(git) : '';
  return /^\s*url\s*=.*\b(github|gitlab)\b/im.exec(remotes)?.[1]?.toLowerCase() as
    Forge | undefined;
}

/** What makes a forge run keyproof of this version. */
export function ciFiles(forge: Forge, host: Host): readonly CiFile[] {
  switch (forge) {
    case 'github':
      return [
        {
          path: '.github/workflows/keyproof.yml',
          about: 'the gate on pull requests, lint on pushes',
          text: workflow(versionOf(host)),
        },
      ];
    case 'gitlab':
      return [
        {
          path: GITLAB_TEMPLATE,
          about: 'the gate in merge requests, lint on the default branch',
          text: gitlabTemplate(host),
        },
        { path: '.gitlab-ci.yml', about: 'includes it', text: `${gitlabInclude}\n` },
      ];
  }
}

const GITLAB_TEMPLATE = '.gitlab/keyproof.gitlab-ci.yml';

/** What a `.gitlab-ci.yml` that is there already lacks. */
export const gitlabInclude = `include:\n  - local: ${GITLAB_TEMPLATE}`;

function gitlabTemplate(host: Host): string {
  const text = host.packageFile('ci/keyproof.gitlab-ci.yml');
  invariant(text !== undefined, 'keyproof finds its own template');
  return text.replace('KEYPROOF_VERSION: latest', `KEYPROOF_VERSION: ${versionOf(host)}`);
}

function workflow(version: string): string {
  return `# Says on each pull request whether it may be deployed, and on each push what is wrong with the policies.
# It needs no AWS credentials and no secrets, so it works for forks as well.
name: keyproof
on:
  pull_request:
  push:
    branches: [main, master]
permissions:
  contents: read
  # For the comment; pull requests from forks get none.
  pull-requests: write
  # For code scanning.
  security-events: write
jobs:
  keyproof:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
        with:
          node-version: 22
      # The action is a part of the package, so that both are always of one version.
      - run: npm install --prefix .keyproof --no-save --no-audit --no-fund --loglevel=error keyproof@${version}
      - uses: ./.keyproof/node_modules/keyproof
`;
}
