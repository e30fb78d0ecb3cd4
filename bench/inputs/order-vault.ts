import {
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
  NotFoundException,
} from '@aws-sdk/client-kms';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Logger } from './logger.js';

const region = process.env['AWS_REGION'] ?? 'eu-central-1';
const keyArn = `arn:aws:kms:${region}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const kms = new KMSClient({ region, maxAttempts: 5 });

export interface Order {
  readonly id: string;
  readonly tenant: string;
  readonly lines: readonly OrderLine[];
  readonly note?: string;
}

export interface OrderLine {
  readonly sku: string;
  readonly quantity: number;
  readonly priceInCents: number;
}

export interface SealedOrder {
  readonly id: string;
  readonly tenant: string;
  readonly dataKey: Uint8Array;
  readonly iv: Buffer;
  readonly tag: Buffer;
  readonly body: Buffer;
}

/** What ties a ciphertext to its order, so that none can be swapped for another. */
function contextOf({ id, tenant }: Pick<Order, 'id' | 'tenant'>): Record<string, string> {
  return { order: id, tenant };
}

export function totalOf({ lines }: Order): number {
  return lines.reduce((sum, { quantity, priceInCents }) => sum + quantity * priceInCents, 0);
}

export async function sealOrder(order: Order, logger: Logger): Promise<SealedOrder> {
  const { Plaintext, CiphertextBlob } = await kms.send(
    new GenerateDataKeyCommand({
      KeyId: keyArn,
      KeySpec: 'AES_256',
      EncryptionContext: contextOf(order),
    }),
  );
  if (Plaintext === undefined || CiphertextBlob === undefined) {
    throw new Error(`no data key for order ${order.id}`);
  }
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Plaintext, iv);
  const body = Buffer.concat([cipher.update(JSON.stringify(order), 'utf8'), cipher.final()]);
  Plaintext.fill(0);
  logger.info('sealed', { order: order.id, total: totalOf(order) });
  return {
    id: order.id,
    tenant: order.tenant,
    dataKey: CiphertextBlob,
    iv,
    tag: cipher.getAuthTag(),
    body,
  };
}

export async function openOrder(sealed: SealedOrder, logger: Logger): Promise<Order | undefined> {
  try {
    const { Plaintext } = await kms.send(
      new DecryptCommand({
        KeyId: keyArn,
        CiphertextBlob: sealed.dataKey,
        EncryptionContext: contextOf(sealed),
      }),
    );
    if (Plaintext === undefined) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', Plaintext, sealed.iv);
    decipher.setAuthTag(sealed.tag);
    const text = Buffer.concat([decipher.update(sealed.body), decipher.final()]).toString('utf8');
    Plaintext.fill(0);
    return JSON.parse(text) as Order;
  } catch (error) {
    if (!(error instanceof NotFoundException)) throw error;
    logger.info('the key is gone', { order: sealed.id });
    return undefined;
  }
}

/** Short notes go to AWS KMS as they are. */
export async function sealNote({ id, tenant, note = '' }: Order): Promise<string> {
  const { CiphertextBlob = new Uint8Array() } = await kms.send(
    new EncryptCommand({
      KeyId: keyArn,
      Plaintext: Buffer.from(note.slice(0, 1024), 'utf8'),
      EncryptionContext: contextOf({ id, tenant }),
    }),
  );
  return Buffer.from(CiphertextBlob).toString('base64');
}
