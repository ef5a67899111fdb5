import assert from "node:assert/strict";
import fc from "fast-check";
import {
  addressCount,
  canonicalCidr,
  cidrText,
  contains,
  lastOf,
  nearestFree,
  nthHost,
  overlaps,
  parseCidr,
  privateRanges,
  splitCidr,
  type Cidr,
} from "../../../components/network/cidr";

const address = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const cidr = (shortest = 0): fc.Arbitrary<Cidr> =>
  fc.tuple(address, fc.integer({ min: shortest, max: 32 })).map(([value, prefix]) => ({
    first: value - (value % 2 ** (32 - prefix)),
    prefix,
  }));
/** Ranges that lie close to each other: two of all addresses hardly ever meet. */
const close = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }))
  .map(([low, prefix]): Cidr => ({
    first: 10 * 2 ** 24 + low - (low % 2 ** (32 - prefix)),
    prefix,
  }));
const addressesOf = (range: Cidr): number[] =>
  Array.from({ length: addressCount(range) }, (_, nth) => range.first + nth);
const check = <Values extends [unknown, ...unknown[]]>(
  property: fc.IPropertyWithHooks<Values>,
): void => fc.assert(property, { numRuns: 500 });

describe("ranges of IPv4 addresses", () => {
  it("are read as they are written", () => {
    check(fc.property(cidr(), (range) => assert.deepEqual(parseCidr(cidrText(range)), range)));
  });

  it("have one way to be written, which is its own", () => {
    const text = fc
      .tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }))
      .map(([host, prefix]) => `${host}/${prefix}`);
    check(
      fc.property(text, (written) => {
        const canonical = canonicalCidr(written);
        assert.ok(canonical !== undefined);
        assert.equal(canonicalCidr(canonical), canonical);
        assert.equal(canonical.split("/")[1], written.split("/")[1]);
      }),
    );
    assert.equal(canonicalCidr("10.8.15.255/20"), "10.8.0.0/20");
    assert.equal(canonicalCidr("203.0.113.7"), "203.0.113.7/32");
    assert.equal(canonicalCidr("255.255.255.255/0"), "0.0.0.0/0");
  });

  it("are not read from what is none", () => {
    const texts = ["", "10.8.0.0/33", "10.8.0/20", "10.8.0.256/24", "010.8.0.0/20", "10.8.0.0/"];
    for (const text of [...texts, "::/0", " 10.8.0.0/20", "10.8.0.0/020", "10.8.0.0/-1"]) {
      assert.equal(parseCidr(text), undefined, text);
    }
  });

  it("overlap exactly where they share an address, whichever is asked", () => {
    check(
      fc.property(close, close, (a, b) => {
        const shared = addressesOf(a).some((one) => addressesOf(b).includes(one));
        assert.equal(overlaps(a, b), shared);
        assert.equal(overlaps(b, a), shared);
      }),
    );
  });

  it("contain exactly what has no address outside", () => {
    check(
      fc.property(close, close, (a, b) => {
        const all = addressesOf(b).every((one) => addressesOf(a).includes(one));
        assert.equal(contains(a, b), all);
      }),
    );
  });

  it("split into disjoint parts that cover them", () => {
    check(
      fc.property(cidr(), fc.integer({ min: 0, max: 8 }), (range, more) => {
        const parts = splitCidr(range, Math.min(range.prefix + more, 32));
        assert.equal(parts[0]?.first, range.first);
        assert.equal(parts.at(-1) && lastOf(parts.at(-1) ?? range), lastOf(range));
        parts.slice(1).forEach((part, before) => {
          assert.equal(part.first, lastOf(parts[before] ?? range) + 1);
        });
        assert.ok(parts.every((part) => contains(range, part)));
      }),
    );
    assert.throws(() => splitCidr({ first: 0, prefix: 20 }, 19), /has no parts of \/19/);
    assert.throws(() => splitCidr({ first: 0, prefix: 20 }, 33), RangeError);
  });

  it("have as many addresses as they count, in order", () => {
    const service = { first: 10 * 2 ** 24 + 43 * 2 ** 16, prefix: 16 };
    assert.equal(nthHost(service, 10), "10.43.0.10");
    assert.equal(nthHost(service, 65_535), "10.43.255.255");
    for (const nth of [-1, 65_536, 0.5]) assert.throws(() => nthHost(service, nth), RangeError);
  });

  it("leave a free one near by, as near as there is", () => {
    const within: Cidr = { first: 10 * 2 ** 24, prefix: 24 };
    check(
      fc.property(
        fc.integer({ min: 24, max: 30 }),
        close,
        fc.array(close, { maxLength: 12 }),
        (prefix, near, taken) => {
          const candidates = splitCidr(within, prefix).filter(
            (part) => !taken.some((other) => overlaps(other, part)),
          );
          const found = nearestFree(prefix, near, taken, [within]);
          const home = near.first - (near.first % 2 ** (32 - prefix));
          const distance = (range: Cidr) => Math.abs(range.first - home);
          assert.equal(
            found && distance(found),
            candidates.length === 0 ? undefined : Math.min(...candidates.map(distance)),
          );
          if (found) assert.ok(candidates.some(({ first }) => first === found.first));
        },
      ),
    );
  });

  it("leave a free one in private space, in the same part of it where there is room", () => {
    check(
      fc.property(cidr(8), fc.array(cidr(8), { maxLength: 8 }), (near, taken) => {
        const found = nearestFree(20, near, taken);
        if (!found) return;
        assert.ok(privateRanges.some((part) => contains(part, found)));
        assert.ok(!taken.some((other) => overlaps(other, found)));
      }),
    );
    const ten = { first: 10 * 2 ** 24, prefix: 8 };
    assert.equal(cidrText(nearestFree(16, ten, [ten]) ?? ten), "172.16.0.0/16");
    assert.equal(nearestFree(16, ten, privateRanges), undefined);
  });
});
