import { hole } from '../../source/index.js';
import type { LoadSettings } from '../loader.js';
import { lookup } from '../lookup.js';
import { partitionOfRegion } from '../partition.js';
import type { Place } from './stack.js';

/** Where a template is deployed, as far as the settings and its own text tell. */
export function placeOf(
  unit: string,
  text: string,
  { account, region, ...settings }: Pick<LoadSettings, 'account' | 'region' | 'partition'>,
): Omit<Place, 'stackName'> {
  const known = region === undefined ? partitionSpelled(text) : partitionOfRegion(region);
  const partition = settings.partition ?? known;
  const urlSuffix = partition === undefined ? undefined : lookup(urlSuffixes, partition);
  return {
    account: account ?? hole(unit, 'AWS::AccountId'),
    region: region ?? hole(unit, 'AWS::Region'),
    partition: partition ?? hole(unit, 'AWS::Partition'),
    urlSuffix: urlSuffix ?? hole(unit, 'AWS::URLSuffix'),
  };
}

const urlSuffixes: Readonly<Record<string, string>> = {
  aws: 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-us-gov': 'amazonaws.com',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
  'aws-iso-e': 'cloud.adc-e.uk',
  'aws-iso-f': 'csp.hci.ic.gov',
  'aws-eusc': 'amazonaws.eu',
};

// ARNs of one partition only make sense there, so a template that spells such ARNs, and none of
// another partition, is deployed in that one.
function partitionSpelled(text: string): string | undefined {
  const spelled = new Set<string>();
  for (const [, partition = ''] of text.matchAll(/\barn:(aws[a-z-]*):/g)) spelled.add(partition);
  return spelled.size === 1 ? [...spelled][0] : undefined;
}
