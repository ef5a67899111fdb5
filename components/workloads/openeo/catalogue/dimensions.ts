import { z } from "zod";
import { interval, range } from "./extent";
import { dependent, isObject, list, object, positive, text, textLike } from "./shapes";

/**
 * What the driver makes a cube's projection of: a whole EPSG number, or a PROJJSON object whose id is
 * of EPSG, or `OGC:Auto42001` for the UTM zone of the place. Any text makes it fail.
 */
function isReferenceSystem(value: unknown): boolean {
  if (Number.isInteger(value)) return true;
  if (!isObject(value) || !isObject(value["id"])) return false;
  const { authority, code } = value["id"];
  if (typeof authority !== "string") return false;
  if (authority.toLowerCase() === "epsg") return /^\d+$/.test(String(code));
  const isUtm = typeof code === "string" && code.toLowerCase() === "auto42001";
  return authority.toLowerCase() === "ogc" && isUtm;
}

const typed = { type: text };
const allowed = "an object with type";

const spatial = object(
  {
    ...typed,
    axis: textLike(/^[xyz]$/, "x, y or z"),
    extent: range.optional(),
    step: positive.optional(),
    reference_system: z
      .unknown()
      .refine(isReferenceSystem, {
        error: "an EPSG number, or a PROJJSON object with the id of EPSG or OGC:Auto42001",
      })
      .optional(),
  },
  allowed,
);

const temporal = object(
  {
    ...typed,
    extent: interval.optional(),
    step: textLike(/^P[^\s]+$/, "an ISO 8601 duration such as P1D, or null")
      .nullable()
      .optional(),
  },
  allowed,
);

const bands = object(
  {
    ...typed,
    values: list(text, "a list of band names")
      .min(1, { error: "a list with at least one band name" })
      .refine((names) => new Set(names).size === names.length, {
        error: "a list that names each band once",
      }),
  },
  allowed,
);

const other = object(typed, allowed);
const kinds: Readonly<Record<string, z.ZodType>> = { spatial, temporal, bands };

/** A dimension by its type; STAC allows types of one's own, which are left alone. */
const dimension = dependent((value) => {
  const type = isObject(value) ? value["type"] : undefined;
  return (
    (typeof type === "string" && Object.hasOwn(kinds, type) ? kinds[type] : undefined) ?? other
  );
});

/** The driver looks these dimensions up by name. */
const reserved = Object.entries({ x: "spatial", y: "spatial", bands: "bands" });

/** The dimensions of a collection's cube, by name. */
export const dimensions = z
  .record(z.string(), dimension, { error: "an object of dimensions by name" })
  .superRefine((value, context) => {
    for (const [name, type] of reserved) {
      const own = value[name];
      if (!isObject(own) || typeof own["type"] !== "string" || own["type"] === type) continue;
      context.addIssue({ code: "custom", path: [name, "type"], message: `"${type}"` });
    }
  });
