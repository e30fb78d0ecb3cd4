import type { CodeUseKind } from '../../inventory/index.js';

/** What a function that is only known by its name does with what it is given, by the name as written. */
export function sinkOf(callee: string): Exclude<CodeUseKind, 'passed' | 'converted'> {
  for (const [kind, pattern] of sinks) if (pattern.test(callee)) return kind;
  return 'given';
}

const sinks: readonly (readonly [Exclude<CodeUseKind, 'passed' | 'converted'>, RegExp])[] = [
  [
    'logged',
    /(?:^|[.])(?:console|log|logger|winston|pino|bunyan|debug)\b|\b(?:\w*[lL]og(?:ger)?)\.(?:trace|debug|log|info|warn|error|fatal|verbose|notice)$|^process\.std(?:out|err)\.write$|\bcaptureMessage$|\baddBreadcrumb$/,
  ],
  [
    'sent',
    /^(?:globalThis\.)?fetch$|^(?:axios|got|superagent|undici|request)\b|\b(?:res|resp|response|reply|ctx|socket|ws)\.(?:send|json|end|write|emit|jsonp|render|status|code)\b|\.(?:postMessage|publish|sendMessage|respondWith)$|^(?:Response|NextResponse)(?:\.json)?$/,
  ],
  [
    'stored',
    /\.?(?:writeFile|appendFile)(?:Sync)?$|\.(?:setItem|insert(?:One|Many)?|save|upsert|hset|hSet|setex|setEx|put|putItem|create|update(?:One|Item)?|add|set|push|store)$|^(?:PutCommand|PutItemCommand|UpdateCommand|UpdateItemCommand|PutParameterCommand|BatchWriteCommand)$/,
  ],
  ['thrown', /^\w*(?:Error|Exception)$|^reject$/],
];
