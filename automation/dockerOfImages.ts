import { compatibility, newestDocker } from "../components/compatibility";

/**
 * What the image's template knows of Docker, by Kubernetes: the lines that RKE takes, separated by
 * spaces, and the release that an image gets where nobody names one.
 */
export function dockerOfImages(): Readonly<Record<"lines" | "newest", Record<string, string>>> {
  const rows = compatibility.rke.flatMap(({ kubernetes, docker }) =>
    docker === undefined ? [] : [{ kubernetes, docker, newest: newestDocker(kubernetes) }],
  );
  return {
    lines: Object.fromEntries(rows.map(({ kubernetes, docker }) => [kubernetes, docker.join(" ")])),
    newest: Object.fromEntries(
      rows.flatMap(({ kubernetes, newest }) =>
        newest === undefined ? [] : [[kubernetes, newest]],
      ),
    ),
  };
}
