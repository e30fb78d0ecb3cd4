import ipaddr from 'ipaddr.js';

/** A range of addresses of one family; a single address is the narrowest one. */
export interface Cidr {
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly prefixLength: number;
}

/** Reads `192.0.2.0/24`, `2001:db8::/32` or a bare address; `undefined` for anything else. */
export function parseCidr(text: string): Cidr | undefined {
  let range = known.get(text);
  if (range === undefined && !known.has(text)) {
    range = parseOnce(text);
    if (known.size >= knownMax) known.clear();
    known.set(text, range);
  }
  return range;
}

// The few ranges of the policies at hand are compared again and again, with a few addresses.
const known = new Map<string, Cidr | undefined>();
const knownMax = 10_000;

function parseOnce(text: string): Cidr | undefined {
  const [addressText = '', prefixText, ...rest] = text.split('/');
  if (rest.length > 0) return undefined;
  const address = parseAddress(addressText);
  if (address === undefined) return undefined;
  const bits = address.kind() === 'ipv4' ? 32 : 128;
  if (prefixText === undefined) return { address, prefixLength: bits };
  if (!/^\d{1,3}$/.test(prefixText) || Number(prefixText) > bits) return undefined;
  return { address, prefixLength: Number(prefixText) };
}

/**
 * Whether every address of a range lies within another one. One of IPv4 never lies in one of IPv6, nor
 * the other way.
 */
export function isInCidr(inner: Cidr, outer: Cidr): boolean {
  if (inner.prefixLength < outer.prefixLength) return false;
  if (inner.address.kind() === 'ipv4' && outer.address.kind() === 'ipv4') {
    return (inner.address as ipaddr.IPv4).match(outer.address, outer.prefixLength);
  }
  if (inner.address.kind() === 'ipv6' && outer.address.kind() === 'ipv6') {
    return (inner.address as ipaddr.IPv6).match(outer.address, outer.prefixLength);
  }
  return false;
}

// The library also reads octal, hexadecimal and shortened forms, which policies do not have.
function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (/^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(text)) {
    return ipaddr.IPv4.isValid(text) ? ipaddr.IPv4.parse(text) : undefined;
  }
  return !text.includes('%') && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : undefined;
}
