import type { Log } from "../protocol/engineLog";
import type { PropertyChange, Provider } from "../protocol/provider";
import { compare } from "./objects/compare";
import { withName } from "./objects/naming";
import { isUnder, replacing } from "./objects/replacement";
import type { Settings } from "./settings";

/**
 * What can be said with no cluster: names are chosen and inputs compared, so that a preview shows
 * something; nothing is made, changed or deleted.
 */
export function withoutCluster(
  why: string,
  settings: Settings,
  log: Log,
): Pick<Provider, "check" | "diff" | "create" | "read" | "update" | "delete"> {
  const refuse = () => Promise.reject(new Error(why));
  const forget =
    'set PULUMI_K8S_DELETE_UNREACHABLE="true" to forget its objects if it is gone for good';
  return {
    check: (request) => {
      const { urn, olds, news } = request;
      if (settings.skipUpdateUnreachable && olds)
        return Promise.resolve({ inputs: olds, failures: [] });
      const release = urn.type.endsWith(":Release");
      const value = release ? news.value : withName(news.value, { ...request, olds: olds?.value });
      return Promise.resolve({ inputs: { value, secrets: news.secrets }, failures: [] });
    },
    diff: ({ oldInputs, news }) => {
      const replaced = replacing(news.value, settings);
      const changes = new Map<string, PropertyChange>();
      for (const { path, kind } of compare(oldInputs.value, news.value)) {
        changes.set(path, { kind, inputDiff: true, replace: isUnder(path, replaced) });
      }
      return Promise.resolve({ changes, deleteBeforeReplace: changes.size > 0 });
    },
    create: ({ inputs, preview }) =>
      preview ? Promise.resolve({ id: "", state: inputs }) : refuse(),
    update: ({ news, preview }) => (preview ? Promise.resolve(news) : refuse()),
    read: ({ id, inputs, state, urn }) => {
      if (settings.skipUpdateUnreachable) return Promise.resolve({ id, inputs, state });
      if (!settings.deleteUnreachable) return Promise.reject(new Error(`${why}; ${forget}`));
      log.info("forgotten: its cluster cannot be reached, and deleteUnreachable is set", urn.text);
      return Promise.resolve(undefined);
    },
    delete: ({ urn }) => {
      if (!settings.deleteUnreachable) return Promise.reject(new Error(`${why}; ${forget}`));
      log.info("forgotten: its cluster cannot be reached, and deleteUnreachable is set", urn.text);
      return Promise.resolve();
    },
  };
}
