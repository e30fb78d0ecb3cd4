import type { Span, Text } from '../source/index.js';
import type { Defined } from './inventory.js';

/**
 * A call in source code to a library that has to do with keys, resolved as far as the code of its own
 * file says without being run. Its address is `<enclosing functions>.<operation>`, such as
 * `Orders.save.Encrypt`, with `#2` and so on among equals of its file; its unit is the path of the file.
 */
export interface CodeCall extends Defined {
  readonly api: CodeApi;
  /** `kms`, `s3`, `cloudtrail`, or another IAM service prefix; `crypto` for Node's. */
  readonly service: string;
  /**
   * What is called, whatever way it is spelled:
   *
   * | api | operation |
   * |---|---|
   * | `aws-sdk-v3`, `aws-sdk-v2` | the operation: `Encrypt`, `PutObject`, `LookupEvents` |
   * | `lib-storage` | `Upload` |
   * | `encryption-sdk` | a keyring or function: `KmsKeyringNode`, `encrypt`, `decrypt` |
   * | `node-crypto` | the function: `createCipheriv` |
   * | `aws-cdk-lib` | a construct `Key`, a function of it `Key.fromKeyArn`, or a method `grantDecrypt` |
   */
  readonly operation: string;
  /** Its arguments in order. Those of an SDK's operation are one: the input of the operation. */
  readonly arguments: readonly CodeValue[];
  /** The keys that an SDK's operation names, or that a CDK construct or function is given. */
  readonly keys: readonly CodeKey[];
  /** CDK's and the Encryption SDK's: the value that a method is called on. */
  readonly receiver?: CodeValue;
  /** The Region of the client, where the code sets one. */
  readonly region?: Text;
  readonly regionSpan?: Span;
  /** The innermost loop around the call within its function, or the callback of `map` and its like. */
  readonly loop?: CodeLoop;
  /** The names of the classes and functions around it, outermost first; one without a name is `(anonymous)`. */
  readonly within: readonly string[];
  /** What becomes of what it returns, in the order of the code. */
  readonly uses: readonly CodeUse[];
}

export type CodeApi =
  'aws-sdk-v3' | 'aws-sdk-v2' | 'lib-storage' | 'encryption-sdk' | 'node-crypto' | 'aws-cdk-lib';

/** A key that a call names. */
export interface CodeKey {
  /** The field of the input that names it, such as `KeyId` or `DestinationKeyId`, or `argument 3`. */
  readonly field: string;
  /** Key ARN, key id, alias name or alias ARN, as written; holes where the code does not say. */
  readonly text: Text;
  readonly span: Span;
}

/**
 * A value in code. One that the code does not tell is `unknown`, or has holes; it is never absent, and
 * `undefined` as a value of a field means that the field is left out.
 */
export type CodeValue =
  CodeText | CodeScalar | CodeBytes | CodeObject | CodeList | CodeOutput | UnknownCode;

/** A string. `process.env.KEY` and parameters are holes. */
export interface CodeText {
  readonly kind: 'text';
  readonly text: Text;
  readonly origin: CodeOrigin;
  readonly span: Span;
}

export interface CodeScalar {
  readonly kind: 'scalar';
  readonly value: number | boolean | null;
  readonly span: Span;
}

/** A `Buffer`, `Uint8Array` or other binary value. */
export interface CodeBytes {
  readonly kind: 'bytes';
  readonly size: CodeSize;
  readonly origin: CodeOrigin;
  readonly span: Span;
}

/** Bytes, or a text in UTF-8. Known exactly **iff** `atMost` equals `atLeast`; without `atMost` there is no limit. */
export interface CodeSize {
  readonly atLeast: number;
  readonly atMost?: number;
}

/** An object literal, or a `Map`, such as an input or an encryption context. */
export interface CodeObject {
  readonly kind: 'object';
  /** Each name once, the last value of it, in the order of the code. */
  readonly fields: readonly CodeField[];
  /** Whether it may have fields beside these, such as by a spread of what is unknown. */
  readonly open: boolean;
  readonly span: Span;
}

export interface CodeField {
  /** Computed names may have holes. */
  readonly name: Text;
  readonly nameSpan: Span;
  readonly value: CodeValue;
}

export interface CodeList {
  readonly kind: 'list';
  readonly items: readonly CodeValue[];
  /** Whether it may have further items. */
  readonly open: boolean;
  readonly span: Span;
}

/** What another call of the inventory returns, or a part of it. */
export interface CodeOutput {
  readonly kind: 'output';
  /** The address of that call, in the same unit. */
  readonly call: string;
  /** The way into it: `['Plaintext']`; empty for all of it. */
  readonly path: readonly string[];
  /** Set where it was made a text, as in a use of kind `converted`. */
  readonly encoding?: string;
  readonly span: Span;
}

export interface UnknownCode {
  readonly kind: 'unknown';
  /** One hole that names it, spelled as in the code. */
  readonly text: Text;
  readonly origin: CodeOrigin;
  /** The value that it has where the unknown part is absent: `b` in `process.env.A ?? b`. */
  readonly fallback?: CodeValue;
  readonly span: Span;
}

/**
 * Where the content of a value comes from. `literal`: the code, or zeros; `environment`: `process.env`;
 * `file`: a file that is read; `random`: a generator for cryptography; `weak-random`: `Math.random` or
 * the clock; `derived`: a function such as `scryptSync` or a hash; `parameter`: of the function around
 * it; `unknown`: anything else.
 */
export type CodeOrigin =
  | 'literal'
  | 'environment'
  | 'file'
  | 'random'
  | 'weak-random'
  | 'derived'
  | 'parameter'
  | 'unknown';

/** A loop around a call. */
export interface CodeLoop {
  readonly kind: 'for' | 'for-of' | 'for-in' | 'while' | 'do' | 'callback';
  /** What it goes over, spelled as in the code: `orders`; absent where it goes over nothing. */
  readonly over?: string;
  /** How many times, where the code says so. */
  readonly times?: number;
  /** The loop's head; for a callback, the function that calls it: `orders.map`. */
  readonly span: Span;
}

/** One use of what a call returns, followed through variables of the same function. */
export interface CodeUse {
  /** The part: `Plaintext`, `CiphertextBlob`, `GrantToken`; empty for all of it. */
  readonly output: string;
  readonly kind: CodeUseKind;
  /** What it goes to, spelled as in the code: `console.log`, `this.key`, `fs.writeFileSync`, `cache.set`. */
  readonly to?: string;
  /** `passed`: the call of the inventory that takes it, and the field of its input or `argument 2`. */
  readonly call?: string;
  readonly field?: string;
  /** `converted`: how, `toString`, `String`, `template`, `concatenation`, `TextDecoder`, `JSON.stringify`. */
  readonly conversion?: string;
  /** `converted`: the encoding: `utf8` where none is given, `base64`; absent where it is not known. */
  readonly encoding?: string;
  /** The encoding that it had been converted to before this use. */
  readonly converted?: string;
  readonly span: Span;
}

/**
 * | kind | the value is |
 * |---|---|
 * | `logged` | written to a log or the console |
 * | `returned` | returned by the function around the call, or by what it exports |
 * | `stored` | written to a file, a database, the environment, a cache |
 * | `sent` | put into a request or a response |
 * | `thrown` | part of an error |
 * | `kept` | put where it outlives the function: a module's variable, a field of an object |
 * | `passed` | given to another call of the inventory |
 * | `converted` | made a text |
 * | `erased` | overwritten, as by `fill(0)` |
 * | `given` | given to a function of which nothing is known |
 */
export type CodeUseKind =
  | 'logged'
  | 'returned'
  | 'stored'
  | 'sent'
  | 'thrown'
  | 'kept'
  | 'passed'
  | 'converted'
  | 'erased'
  | 'given';
