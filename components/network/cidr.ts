import { isIPv4 } from "node:net";

/**
 * A range of IPv4 addresses, always a whole one: its first address is the one that the prefix leaves.
 * Addresses are whole numbers from 0 to 2^32 - 1.
 */
export interface Cidr {
  /** First address. */
  readonly first: number;
  /** Number of leading bits that its addresses share, 0 to 32. */
  readonly prefix: number;
}

/** Number of addresses in a range of that prefix. */
const sizeOf = (prefix: number): number => 2 ** (32 - prefix);

/** Number of addresses in the range. */
export const addressCount = ({ prefix }: Cidr): number => sizeOf(prefix);

/** Last address. */
export const lastOf = (range: Cidr): number => range.first + addressCount(range) - 1;

const aligned = (address: number, prefix: number): number => address - (address % sizeOf(prefix));

/**
 * Reads `10.8.0.0/20`; one address alone is a range of its own. Bits behind the prefix are dropped.
 *
 * @returns nothing where the text is no IPv4 range
 */
export function parseCidr(text: string): Cidr | undefined {
  const [, address = "", prefixText = "32"] =
    /^([\d.]+)(?:\/(\d|[12]\d|3[0-2]))?$/.exec(text) ?? [];
  if (!isIPv4(address)) return undefined;
  const prefix = Number(prefixText);
  const value = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { first: aligned(value, prefix), prefix };
}

/** An address as text: `10.8.0.1`. */
export const addressText = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");

/** A range as text: `10.8.0.0/20`. */
export const cidrText = ({ first, prefix }: Cidr): string => `${addressText(first)}/${prefix}`;

/** The one way to write a range: first address and prefix; nothing where the text is no range. */
export function canonicalCidr(text: string): string | undefined {
  const range = parseCidr(text);
  return range === undefined ? undefined : cidrText(range);
}

/** Whether all addresses of `inner` are in `outer`. */
export const contains = (outer: Cidr, inner: Cidr): boolean =>
  outer.prefix <= inner.prefix && aligned(inner.first, outer.prefix) === outer.first;

/** Whether they share an address; then one contains the other. */
export const overlaps = (a: Cidr, b: Cidr): boolean => contains(a, b) || contains(b, a);

/**
 * The parts of that prefix, in order.
 *
 * @throws RangeError where the prefix is shorter than the range's, or above 32
 */
export function splitCidr(range: Cidr, prefix: number): Cidr[] {
  if (prefix < range.prefix || prefix > 32) {
    throw new RangeError(`${cidrText(range)} has no parts of /${prefix}`);
  }
  const parts = 2 ** (prefix - range.prefix);
  return Array.from({ length: parts }, (_, part) => ({
    first: range.first + part * sizeOf(prefix),
    prefix,
  }));
}

/**
 * The nth address, counted from the first, which is 0.
 *
 * @throws RangeError where it is outside
 */
export function nthHost(range: Cidr, nth: number): string {
  if (!Number.isInteger(nth) || nth < 0 || nth >= addressCount(range)) {
    throw new RangeError(`${cidrText(range)} has no address ${nth}`);
  }
  return addressText(range.first + nth);
}

/** The ranges that RFC 1918 leaves to private networks. */
export const privateRanges: readonly Cidr[] = [
  { first: 10 * 2 ** 24, prefix: 8 },
  { first: 172 * 2 ** 24 + 16 * 2 ** 16, prefix: 12 },
  { first: 192 * 2 ** 24 + 168 * 2 ** 16, prefix: 16 },
];

/** The private ranges, the one that `near` is in first. */
const privateFrom = (near: Cidr): readonly Cidr[] =>
  privateRanges.toSorted((a, b) => Number(contains(b, near)) - Number(contains(a, near)));

/**
 * The range of that prefix nearest to `near` which overlaps none of the taken ones. Of two that are
 * equally near it is the one above.
 *
 * @param within where to look, one part after the other; defaults to the private ranges
 * @returns nothing where all is taken
 */
export function nearestFree(
  prefix: number,
  near: Cidr,
  taken: readonly Cidr[],
  within: readonly Cidr[] = privateFrom(near),
): Cidr | undefined {
  for (const part of within) {
    const inPart = Math.min(Math.max(near.first, part.first), lastOf(part));
    const home = { first: aligned(inPart, prefix), prefix };
    const above = firstFree(part, home, taken, 1);
    const below = firstFree(part, home, taken, -1);
    if (above === undefined || below === undefined) {
      if (above ?? below) return above ?? below;
    } else {
      return above.first - home.first <= home.first - below.first ? above : below;
    }
  }
  return undefined;
}

/** The first range from `home` on, up or down, that overlaps nothing taken. */
function firstFree(
  part: Cidr,
  home: Cidr,
  taken: readonly Cidr[],
  direction: 1 | -1,
): Cidr | undefined {
  const { prefix } = home;
  let range = home;
  while (contains(part, range)) {
    const inTheWay = taken.find((other) => overlaps(other, range));
    if (inTheWay === undefined) return range;
    const edge = direction === 1 ? lastOf(inTheWay) : inTheWay.first;
    range = { first: aligned(edge, prefix) + direction * sizeOf(prefix), prefix };
  }
  return undefined;
}
