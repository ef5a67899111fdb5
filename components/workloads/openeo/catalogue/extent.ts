import { z } from "zod";
import { isList, list, object } from "./shapes";

const isNumber = (value: unknown): value is number => typeof value === "number";

/** A box may cross the antimeridian: its west is east of its east then. */
function isBox(value: unknown): boolean {
  if (!isList(value) || !value.every(isNumber)) return false;
  if (value.length !== 4 && value.length !== 6) return false;
  const half = value.length / 2;
  const [west = NaN, south = NaN, lowest = 0] = value.slice(0, half);
  const [east = NaN, north = NaN, highest = 0] = value.slice(half);
  const longitudes = [west, east].every((degrees) => Math.abs(degrees) <= 180);
  return longitudes && -90 <= south && south <= north && north <= 90 && lowest <= highest;
}

/** A bounding box in degrees of longitude and latitude. */
const boundingBox = z.unknown().refine(isBox, {
  error:
    "[west, south, east, north] in degrees, or six numbers with the lowest and highest height third and last; south at most north",
});

const moment =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]\d{2}:\d{2}))?$/;

/** Milliseconds of a date, or of a date-time with zone, as RFC 3339 writes them; NaN for anything else. */
export function timeOf(value: unknown): number {
  if (typeof value !== "string") return NaN;
  const [, year, month, day] = moment.exec(value) ?? [];
  // `Date` takes 31 February for 3 March.
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return exists ? Date.parse(value.replace(/:60/, ":59").replace(" ", "T")) : NaN;
}

const isPair = (value: unknown): value is readonly [unknown, unknown] =>
  isList(value) && value.length === 2;

const isInterval = (value: unknown): boolean =>
  isPair(value) &&
  value.every((end) => end === null || !Number.isNaN(timeOf(end))) &&
  (value.includes(null) || timeOf(value[0]) <= timeOf(value[1]));

/** A start and an end in time; `null` is open. */
export const interval = z.unknown().refine(isInterval, {
  error:
    "[start, end], each an RFC 3339 date or date-time such as 2015-07-04T00:00:00Z, or null for open; the start first",
});

/** A lowest and a highest coordinate; `null` is open. */
export const range = z.unknown().refine(
  (value) => {
    if (!isPair(value)) return false;
    const [lowest, highest] = value;
    const ordered = isNumber(lowest) && isNumber(highest) ? lowest <= highest : true;
    return ordered && value.every((end) => end === null || isNumber(end));
  },
  { error: "[lowest, highest], two numbers in this order" },
);

/** Where and when a collection has data. The backend takes the first box and interval as the whole. */
export const extent = object(
  {
    spatial: object(
      {
        bbox: list(boundingBox, "a list of bounding boxes").min(1, {
          error: "a list with at least one bounding box",
        }),
      },
      "an object with bbox",
    ).optional(),
    temporal: object(
      {
        interval: list(interval, "a list of intervals").min(1, {
          error: "a list with at least one interval",
        }),
      },
      "an object with interval",
    ).optional(),
  },
  "an object with spatial and temporal",
);
