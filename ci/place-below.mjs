// Makes the paths in what keyproof wrote for GitHub those of the repository, where it ran in a folder below the
// root. Runs in that folder, in the action, with Node alone.
//   node place-below.mjs <folder>   the folder holds annotations.txt, which it prints, and keyproof.sarif
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const [folder = '.'] = process.argv.slice(2);
const { GITHUB_WORKSPACE = process.cwd() } = process.env;
const below = relative(GITHUB_WORKSPACE, process.cwd()).split(sep).join('/');

const annotations = readFileSync(join(folder, 'annotations.txt'), 'utf8');
process.stdout.write(
  annotations.replace(
    /^(::(?:error|warning|notice) (?:[^:]*,)?file=)(?!\/|%)([^,:]*)/gm,
    (_, start, path) => start + escapeProperty(placed(below)) + path,
  ),
);

const log = join(folder, 'keyproof.sarif');
if (below !== '' && existsSync(log)) {
  const sarif = JSON.parse(readFileSync(log, 'utf8'), (_, value) =>
    value?.uriBaseId === '%SRCROOT%' && typeof value.uri === 'string'
      ? { ...value, uri: placed(below.split('/').map(encodeURIComponent).join('/')) + value.uri }
      : value,
  );
  writeFileSync(log, JSON.stringify(sarif));
}

function placed(path) {
  return path === '' ? '' : `${path}/`;
}

/** As the properties of a workflow command are to be written. */
function escapeProperty(text) {
  return text
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A')
    .replaceAll(':', '%3A')
    .replaceAll(',', '%2C');
}
