import { z } from "zod";
import { dataSource } from "./dataSource";
import { dimensions } from "./dimensions";
import { extent } from "./extent";
import { address, anyText, flag, list, object, text, textLike } from "./shapes";

const link = object({ rel: text, href: text }, "an object with rel and href");

const provider = object(
  { name: text, roles: list(text, "a list of texts").optional(), url: address.optional() },
  "an object with name",
);

const namedBands = list(
  object({ name: text }, "an object with name"),
  "a list of bands",
).optional();

const summaries = object({ bands: namedBands, "eo:bands": namedBands }, "an object");

/**
 * A collection as the backend reads it from a catalogue. What openEO's API demands beyond that, the
 * backend fills in: only what is given is checked. Keys that are not named here pass.
 */
export const collectionSchema = object(
  {
    // A slash is in openEO's pattern, but the backend's routes take none.
    id: textLike(/^[\w.~-]+$/, "letters, digits, `_`, `-`, `.` and `~`"),
    type: z.literal("Collection", { error: `"Collection"` }).optional(),
    stac_version: textLike(/^\d+\.\d+\.\d+/, "a version of STAC such as 1.0.0").optional(),
    stac_extensions: list(text, "a list of texts").optional(),
    title: text.optional(),
    description: anyText.optional(),
    license: text.optional(),
    keywords: list(text, "a list of texts").optional(),
    deprecated: flag.optional(),
    experimental: flag.optional(),
    extent: extent.optional(),
    links: list(link, "a list of links").optional(),
    providers: list(provider, "a list of providers").optional(),
    "cube:dimensions": dimensions.optional(),
    summaries: summaries.optional(),
    common_name: text.optional(),
    _vito: object({ data_source: dataSource }, "an object with data_source"),
  },
  "an object: a STAC collection",
);
