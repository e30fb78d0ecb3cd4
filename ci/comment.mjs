// Keeps the one comment of keyproof on a pull request up to date: writes it where there is none and something
// is to be said, and rewrites it otherwise. Runs in the action, with Node alone.
//   node comment.mjs <folder>   the folder holds what keyproof wrote: comment.md and result.json
// A comment is a courtesy: whatever keeps it from being written is said in the log, and fails nothing.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const {
  GITHUB_API_URL = 'https://api.github.com',
  GITHUB_REPOSITORY = '',
  GITHUB_SERVER_URL = 'https://github.com',
  GITHUB_RUN_ID = '',
  GITHUB_TOKEN = '',
  PULL_REQUEST = '',
  FOLDER = '.',
} = process.env;
const [folder = '.'] = process.argv.slice(2);

/** What the Markdown of keyproof begins with. */
const MARKER = '<!-- keyproof -->';
/** Runs in several folders of one repository have a comment each. */
const ours = FOLDER === '.' ? MARKER : `<!-- keyproof in ${FOLDER.replace(/[<>]|--+/g, '-')} -->`;

/** GitHub's most for a page of comments. */
const PAGE_LENGTH = 100;
/** Ten thousand comments: whoever has more gets a new one. */
const PAGES_MAX = 100;

try {
  console.log(`comment: ${await keepUpToDate()}`);
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  console.log(`comment: none was written: ${reason.replace(/\s+/g, ' ')}`);
}

async function keepUpToDate() {
  if (GITHUB_TOKEN === '') return 'there is no token, so none is written';
  if (!/^\d+$/.test(PULL_REQUEST)) return 'this is no pull request, so none is written';
  const { body, isWorthSaying } = readReport();
  const found = await findComment();
  if (found !== undefined && found.body === body) return 'it is up to date';
  if (found !== undefined) {
    await call('PATCH', `issues/comments/${found.id}`, { body });
    return 'updated';
  }
  if (!isWorthSaying) return 'there is nothing to say, so none is written';
  await call('POST', `issues/${PULL_REQUEST}/comments`, { body });
  return 'written';
}

function readReport() {
  const page = join(folder, 'comment.md');
  if (!existsSync(page)) {
    const log = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
    const body = `${ours}\n### keyproof could not do its job\n\n[The log](${log}) says why.\n`;
    return { body, isWorthSaying: true };
  }
  const body = readFileSync(page, 'utf8').replace(MARKER, () => ours);
  return {
    body,
    isWorthSaying: !isClean(JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8'))),
  };
}

/** Whether a change neither brings findings nor changes any access, and passes. */
function isClean({ verdict = 'pass', findings, diagnostics, access }) {
  const counted = findings.filter(({ suppressed }) => suppressed === undefined);
  const isEquivalent = access === undefined || access.equivalent;
  return verdict === 'pass' && counted.length === 0 && diagnostics.length === 0 && isEquivalent;
}

/** The comment that an earlier run wrote. Anybody may write one that begins alike; only ours counts. */
async function findComment() {
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const comments = await call(
      'GET',
      `issues/${PULL_REQUEST}/comments?per_page=${PAGE_LENGTH}&page=${page}`,
    );
    const found = comments.find((comment) => isTrusted(comment) && comment.body?.startsWith(ours));
    if (found !== undefined) return found;
    if (comments.length < PAGE_LENGTH) return undefined;
  }
  return undefined;
}

/** A bot, or somebody of the repository whose token this may be. */
function isTrusted({ user, author_association: association }) {
  return user?.type === 'Bot' || ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(association);
}

async function call(method, path, body) {
  const response = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${GITHUB_TOKEN}`,
      'content-type': 'application/json',
      'user-agent': 'keyproof',
      'x-github-api-version': '2022-11-28',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.status === 401 || response.status === 403) {
    throw new Error(
      `the token may not (${response.status}): pull requests from forks have none that may; others need \`permissions: pull-requests: write\``,
    );
  }
  if (!response.ok) throw new Error(`${method} of ${path.split('?')[0]} gave ${response.status}`);
  return response.json();
}
