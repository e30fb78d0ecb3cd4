import { classOfFolder, clientNames, serviceOfModule } from './services.js';

/** A module of a known library, and the way from it to what is imported. */
export interface KnownModule {
  readonly module: string;
  readonly path: readonly string[];
}

/** The library that an import names; `undefined` for every other one, however alike its name. */
export function knownModule(specifier: string): KnownModule | undefined {
  if (serviceOfModule(specifier) !== undefined) return { module: specifier, path: [] };
  const folder = /^aws-sdk\/clients\/([a-z0-9]+)(?:\.js)?$/.exec(specifier)?.[1];
  if (folder !== undefined) {
    const name = classOfFolder(folder);
    return name === undefined ? undefined : { module: 'aws-sdk', path: [name] };
  }
  const construct = /^(?:aws-cdk-lib|@aws-cdk)\/(aws-[a-z0-9-]+)$/.exec(specifier)?.[1];
  if (construct !== undefined) {
    return { module: 'aws-cdk-lib', path: [construct.replaceAll('-', '_')] };
  }
  if (/^@aws-crypto\/[a-z0-9-]+$/.test(specifier)) return { module: '@aws-crypto', path: [] };
  const name = otherNames.get(specifier) ?? specifier.replace(/^node:/, '');
  return plainModules.has(name) ? { module: name, path: [] } : undefined;
}

const otherNames: ReadonlyMap<string, string> = new Map([
  ['@aws-cdk/core', 'aws-cdk-lib'],
  ['aws-sdk/global', 'aws-sdk'],
]);

const plainModules = new Set(['@aws-sdk/lib-storage', 'aws-cdk-lib', 'aws-sdk', 'crypto', 'path']);

/** Whether a text imports something that has to do with keys: a look at the text alone. */
export function showsMark(text: string): boolean {
  return MARK.test(text) || (CIPHERS.test(text) && CRYPTO.test(text));
}

const MARK = new RegExp(
  `['"\`](?:@aws-sdk/(?:client-(?:${clientNames.join('|')})|lib-storage)` +
    '|aws-sdk(?:/clients/[a-z0-9]+(?:\\.js)?|/global)?|@aws-crypto/[a-z0-9-]+' +
    '|aws-cdk-lib|(?:aws-cdk-lib|@aws-cdk)/(?:core|aws-(?:kms|iam)))[\'"`]',
);
const CRYPTO = /['"`](?:node:)?crypto['"`]/;
const CIPHERS = /\bcreate(?:Cipher|Decipher)(?:iv)?\b/;
