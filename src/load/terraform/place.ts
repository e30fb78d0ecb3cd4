import { hole, type Text } from '../../source/index.js';
import type { LoadSettings } from '../loader.js';
import { partitionOfRegion } from '../partition.js';
import type { Place } from './resource.js';

/** Where a provider creates things, as far as its configuration and the settings of the run tell. */
export function placeOf({
  unit,
  provider,
  settings,
  account,
  region,
}: {
  readonly unit: string;
  /** `aws`, or `aws.west` for one with an alias: providers may lead to different accounts. */
  readonly provider: string;
  readonly settings: Pick<LoadSettings, 'account' | 'region' | 'partition'>;
  readonly account: Text | undefined;
  readonly region: Text | undefined;
}): Place {
  // The settings speak of where the whole configuration is applied, which one provider may differ from.
  const isMain = provider === 'aws';
  const where = region ?? (isMain ? settings.region : undefined);
  const partition =
    settings.partition ?? (where === undefined ? undefined : partitionOfRegion(where));
  return {
    account:
      account ?? (isMain ? settings.account : undefined) ?? hole(unit, `${provider}.account_id`),
    region: where ?? hole(unit, `${provider}.region`),
    partition: partition ?? hole(unit, 'aws.partition'),
  };
}
