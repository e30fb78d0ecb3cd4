/**
 * The first `count` blocks of `32 - bits` prefix length inside an IPv4 block, as `Fn::Cidr` gives
 * them; `undefined` where the arguments are unknown or do not fit (IPv6 included).
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-cidr.html
 */
export function blocksOf(
  block: string,
  count: number,
  bits: number,
): readonly string[] | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(block);
  if (!match || !(count >= 1 && count <= 256) || !(bits >= 0 && bits <= 32)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || 32 - bits < prefix || prefix > 32)
    return undefined;
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const start = whole - (whole % 2 ** (32 - prefix));
  if (count * 2 ** bits > 2 ** (32 - prefix)) return undefined;
  return Array.from({ length: count }, (_, index) => {
    const first = start + index * 2 ** bits;
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
    return `${octets.join('.')}/${String(32 - bits)}`;
  });
}
