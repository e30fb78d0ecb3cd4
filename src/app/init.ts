import { relativePath } from '../config/index.js';
import type { Host } from '../host/index.js';
import type { InitReport, SetUpFile } from '../report/index.js';
import { loadEstate, type Estate, type EstateInput } from './estate.js';
import { ciFiles, detectForge, gitlabInclude, type CiFile, type Forge } from './init-ci.js';
import { configText } from './init-config.js';
import { survey, type Survey } from './init-survey.js';
import { firstTests, TEST_FILE } from './init-tests.js';
import { mistake, type Mistake } from './mistake.js';

export interface InitInput {
  /** Absent: the one that the repository shows. */
  readonly ci?: Forge | 'none' | undefined;
  /** `plan`: nothing is written. */
  readonly mode: 'write' | 'plan';
}

const CONFIG_FILE = 'keyproof.config.yaml';

/**
 * Looks at the working directory and writes a first configuration, a first policy test and what makes the
 * forge run keyproof. What exists is left as it is.
 */
export async function init(input: InitInput, host: Host): Promise<InitReport | Mistake> {
  const estate = await loadEstate(everything, host);
  if ('kind' in estate) return estate;
  const found = survey(estate, host);
  if (estate.loaded.length === 0) return nothingFound(found);
  const forge = forgeOf(input, host);
  const planned = [...ownFiles(estate, found, host), ...ciOf(forge, host)];
  const files = planned.map((file) => setUp(file, input.mode, host));
  const { inventory, diagnostics } = estate;
  return {
    kind: 'init',
    found: {
      formats: found.formats,
      keys: inventory.keys.length,
      principals: inventory.principals.length,
    },
    files,
    next: nextSteps({ input, estate, found, forge, files, host }),
    diagnostics,
  };
}

const everything: EstateInput = { paths: ['.'], parameters: [], emptiness: 'allowed' };

function nothingFound({ unsynthesized: [app] }: Survey): Mistake {
  const message = 'there is nothing here that keyproof reads';
  return app === undefined
    ? mistake(message, 'run it where policies, templates or inventory files are')
    : mistake(message, `\`cdk synth\` in \`${app}\` makes templates of the CDK app there`);
}

function forgeOf({ ci }: InitInput, host: Host): Forge | undefined {
  if (ci === 'none') return undefined;
  return ci ?? detectForge(host);
}

function ownFiles(estate: Estate, found: Survey, host: Host): readonly CiFile[] {
  const tests = firstTests(estate.inventory, found, host.files);
  const config = {
    path: configOf(estate, host) ?? CONFIG_FILE,
    about: 'what is read, whose accounts are yours, and what fails',
    text: configText(found),
  };
  if (tests === undefined) return [config];
  const about = `${tests.tests} promises about ${tests.keys === 1 ? 'a key' : `${tests.keys} keys`}, as they are kept today`;
  return [config, { path: TEST_FILE, about, text: tests.text }];
}

/** The configuration that there is already, in this folder or above it. */
function configOf({ config }: Estate, { workingDirectory }: Host): string | undefined {
  const source = config.sources.at(-1);
  return source === undefined ? undefined : relativePath(source, workingDirectory);
}

/** A forge reads its files at the root of the repository only. */
function ciOf(forge: Forge | undefined, host: Host): readonly CiFile[] {
  return forge === undefined || !isAtRoot(host) ? [] : ciFiles(forge, host);
}

function isAtRoot({ workingDirectory, workingTree }: Host): boolean {
  return workingDirectory === workingTree;
}

/** INVARIANT: what exists is never written over. */
function setUp(file: CiFile, mode: InitInput['mode'], host: Host): SetUpFile {
  if (host.files.read(file.path) !== undefined) return { ...file, outcome: 'exists' };
  if (mode === 'plan') return { ...file, outcome: 'planned' };
  const failure = host.write(file.path, file.text);
  return failure === undefined
    ? { ...file, outcome: 'written' }
    : { ...file, outcome: 'failed', reason: failure.unreadable };
}

interface Outcome {
  readonly input: InitInput;
  readonly estate: Estate;
  readonly found: Survey;
  readonly forge: Forge | undefined;
  readonly files: readonly SetUpFile[];
  readonly host: Host;
}

function nextSteps(outcome: Outcome): readonly string[] {
  const { input, estate, found, files } = outcome;
  const isNew = (path: string): boolean =>
    files.some((file) => file.path === path && file.outcome !== 'exists');
  const unread = estate.diagnostics.filter(({ severity }) => severity === 'error').length;
  const step = (condition: boolean, text: string): readonly string[] => (condition ? [text] : []);
  return [
    ...step(
      input.mode === 'plan',
      '`keyproof init` without `--dry-run` writes this; it writes over nothing that exists',
    ),
    ...step(
      isNew(CONFIG_FILE),
      `read \`${CONFIG_FILE}\`: are these your accounts, and whom else do you trust?`,
    ),
    ...step(
      isNew(TEST_FILE),
      `read \`${TEST_FILE}\`: does it say what you want, not only what is?`,
    ),
    ...found.unsynthesized.map(
      (app) =>
        `run \`cdk synth\` in \`${app}\`: the templates of the CDK app there are not made yet`,
    ),
    `run \`keyproof lint\`, and \`keyproof lint --write-baseline\` to begin with what is found today${
      unread > 0 ? '; some files could not be read, and it says why' : ''
    }`,
    ...ciSteps(outcome),
  ];
}

function ciSteps({ input, forge, files, host }: Outcome): readonly string[] {
  if (input.ci === 'none') return [];
  if (forge === undefined) {
    return ['`keyproof init --ci github` or `--ci gitlab` adds what runs it on each change'];
  }
  if (!isAtRoot(host)) {
    const root = relativePath(host.workingTree, host.workingDirectory);
    return [`run \`keyproof init\` in \`${root}\` as well: only there is CI set up`];
  }
  const kept = files.find(({ path, outcome }) => path === '.gitlab-ci.yml' && outcome === 'exists');
  return [
    ...(kept === undefined
      ? []
      : [
          `add this to \`.gitlab-ci.yml\`, which is yours: \`${gitlabInclude.replace(/\s+/g, ' ')}\``,
        ]),
    'commit these files; the next change is judged',
  ];
}
