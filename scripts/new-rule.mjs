// Makes the folders of a new rule, with everything that the generic test of rules asks for:
//   npm run new-rule -- region-mismatch
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const [id, ...rest] = process.argv.slice(2);
if (id === undefined || rest.length > 0 || !/^[a-z]+(-[a-z0-9]+)*$/.test(id)) {
  console.error(
    'usage: npm run new-rule -- <id>, where the id names the pattern found, in kebab case',
  );
  process.exit(2);
}
if (existsSync(`rules/${id}`)) {
  console.error(`rules/${id} exists already`);
  process.exit(2);
}

const name = id.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const title = `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`;

const rule = `import { rule } from '../../src/rule.js';

/** What is claimed of the inventory, precise enough to be tried. */
interface Claim {
  readonly key: string;
}

export const ${name} = rule<Claim>({
  meta: {
    id: '${id}',
    title: '${title}',
    severity: 'warning',
    category: 'correctness',
    since: '${version}',
    sources: ['https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html'],
    presets: ['recommended', 'strict'],
  },
  *detect({ inventory }) {
    for (const key of inventory.keys) {
      yield {
        claim: { key: key.arn },
        message: 'what is wrong',
        why: 'why it matters',
        fix: 'what to do',
        span: key.span,
        address: key.address,
        subject: '',
      };
    }
  },
  scenario() {
    return { unsimulated: 'say here why no call can show it, or return a scenario' };
  },
});
`;

const estate = (comment) => `# ${comment}
version: 1
accounts:
  - id: "111122223333"
principals:
  - arn: arn:aws:iam::111122223333:role/app
    policies: []
keys:
  - arn: arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
    policy:
      Version: "2012-10-17"
      Statement:
        - Sid: EnableIAMPolicies
          Effect: Allow
          Principal: { AWS: "arn:aws:iam::111122223333:root" }
          Action: "kms:*"
          Resource: "*"
`;

const page = `# ${id}

One sentence: what the rule finds.

## Why it matters

## Avoid

\`\`\`yaml
${estate('the story, with the mistake').trimEnd()}
\`\`\`

## Prefer

\`\`\`yaml
${estate('the same story, repaired').trimEnd()}
\`\`\`

## How it is confirmed

## Options

None.

## Limits

## Sources

- https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
`;

const files = {
  [`rules/${id}/rule.ts`]: rule,
  [`rules/${id}/README.md`]: page,
  [`fixtures/rules/${id}/bad/${id}.keyproof.yaml`]: estate('the story, with the mistake'),
  [`fixtures/rules/${id}/good/${id}.keyproof.yaml`]: estate('the same story, repaired'),
};
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`wrote ${path}`);
}
process.exitCode = spawnSync('node', ['scripts/generate.mjs'], { stdio: 'inherit' }).status ?? 1;
