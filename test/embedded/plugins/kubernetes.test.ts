import { startForTest, toolsOrSkip, type TestControlPlane } from "../control-plane/support";
import { configuration } from "./configuration";
import { engine } from "./engine";
import { handEdits } from "./handEdits";
import { objects } from "./objects";
import { lateKubeconfig } from "./lateKubeconfig";
import { Plugin } from "./plugin";
import { refusals } from "./refusals";
import type { Shared } from "./shared";
import { releases } from "./releases";
import { waits } from "./waits";

describe("the stand-in for the kubernetes plugin", function () {
  this.timeout(120_000);
  let plane: TestControlPlane | undefined;
  let plugin: Plugin | undefined;
  let shared: Shared | undefined;

  before(async function () {
    const tools = await toolsOrSkip(this);
    plane = await startForTest(tools);
    plugin = await Plugin.start("kubernetes");
    await plugin.configure({ kubeconfig: plane.kubeconfig });
    shared = share(plane, plugin);
  });

  after(async () => {
    await Plugin.stopAll();
    await plane?.stop();
  });

  const use = () => {
    if (!shared) throw new Error("nothing was started");
    return shared;
  };
  objects(use);
  refusals(use);
  waits(use);
  configuration(use);
  handEdits(use);
  releases(use);
  engine(use);
  lateKubeconfig(use);
});

function share(plane: TestControlPlane, plugin: Plugin): Shared {
  const kubectl = async (...args: string[]) => {
    const { exitCode, text } = await plane.kubectl(args);
    if (exitCode !== 0) throw new Error(text);
    return text;
  };
  return {
    plane,
    plugin,
    kubectl,
    async namespace(name) {
      await kubectl("create", "namespace", name);
      return name;
    },
    async live(kind, name, namespace = "default") {
      const args = [
        "get",
        kind,
        name,
        "--namespace",
        namespace,
        "--ignore-not-found",
        "-o",
        "json",
      ];
      const text = await kubectl(...args);
      return text === "" ? undefined : (JSON.parse(text) as Awaited<ReturnType<Shared["live"]>>);
    },
  };
}
