/** A service of AWS whose calls matter for keys, by its names in the SDKs. */
interface SdkService {
  /** As in IAM's actions, with which its operations are permitted. */
  readonly prefix: string;
  /** `@aws-sdk/client-<this>`. */
  readonly client: string;
  /** The class of the old SDK, and the one of the new SDK whose methods are operations. */
  readonly name: string;
}

const services: readonly SdkService[] = [
  { prefix: 'kms', client: 'kms', name: 'KMS' },
  { prefix: 's3', client: 's3', name: 'S3' },
  { prefix: 'cloudtrail', client: 'cloudtrail', name: 'CloudTrail' },
  { prefix: 'sqs', client: 'sqs', name: 'SQS' },
  { prefix: 'sns', client: 'sns', name: 'SNS' },
  { prefix: 'secretsmanager', client: 'secrets-manager', name: 'SecretsManager' },
];

/** The service of a module of the new SDK, such as `@aws-sdk/client-kms`. */
export function serviceOfModule(module: string): string | undefined {
  return services.find(({ client }) => module === `@aws-sdk/client-${client}`)?.prefix;
}

/** The service of a class of the old SDK, such as `KMS`. */
export function serviceOfClass(name: string | undefined): string | undefined {
  return services.find((service) => service.name === name)?.prefix;
}

/** The class of the old SDK in the folder `aws-sdk/clients/<folder>`. */
export function classOfFolder(folder: string): string | undefined {
  return services.find(({ name }) => name.toLowerCase() === folder)?.name;
}

/** The ends of `@aws-sdk/client-…`, to look for in a text. */
export const clientNames = services.map(({ client }) => client);
