import { z } from "zod";

const links = z.array(z.object({ rel: z.string(), href: z.string() }));
const keystoneLinks = z.object({ next: z.string().nullable() });

/**
 * The path of the page behind this one; undefined where it is the last. Services name it in three
 * ways, and with whatever address they think they have: only its query counts.
 *
 * @param answer the page
 * @param key where the list is in it
 * @param path the page's own path
 */
export function nextPage(
  answer: Readonly<Record<string, unknown>>,
  key: string,
  path: string,
): string | undefined {
  const href =
    // nova, cinder, neutron
    links.safeParse(answer[`${key}_links`]).data?.find(({ rel }) => rel === "next")?.href ??
    // glance
    z.string().safeParse(answer["next"]).data ??
    // keystone
    keystoneLinks.safeParse(answer["links"]).data?.next ??
    undefined;
  const query = href?.split("?")[1];
  if (query === undefined) return undefined;
  const next = `${path.split("?")[0]}?${query}`;
  if (next === path) throw new Error(`${path} names itself as its next page`);
  return next;
}
