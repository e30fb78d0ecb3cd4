import { hole, type Files, type Node } from '../../source/index.js';
import type { Span, Text } from '../../source/index.js';
import type { LoadSettings } from '../loader.js';
import { createStack } from './create-stack.js';
import { readNested } from './nested.js';
import { givenBy } from './parameters.js';
import { placeOf } from './place.js';
import type { Report } from './report.js';
import type { Stack } from './stack.js';
import type { Template } from './template.js';

export interface RootStackInput {
  readonly unit: string;
  readonly prefix: string;
  readonly template: Template;
  readonly settings: Pick<LoadSettings, 'account' | 'region' | 'partition' | 'parameters'>;
  readonly files: Files;
  readonly stackName?: string;
  readonly report: Report;
  readonly imported: (name: Text, span: Span) => Node | undefined;
}

/** A stack that no other one nests. */
export function rootStack(input: RootStackInput): Stack {
  const { unit, prefix, template, settings, files, report, imported } = input;
  const place = placeOf(unit, template.source.text, settings);
  return createStack({
    unit,
    prefix,
    template,
    place: { ...place, stackName: input.stackName ?? hole(unit, `${prefix}AWS::StackName`) },
    given: givenBy(settings.parameters, template.source),
    within: [],
    report,
    readNested: (resource, from) => readNested(resource, from, files),
    imported,
  });
}
