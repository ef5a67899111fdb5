import assert from "node:assert/strict";
import { realImageOf, type RealImage } from "../../../embedded/control-plane/images";
import { moveToThisMachine } from "../../../embedded/control-plane/agent/commandLine";

const operator = (): RealImage => {
  const image = realImageOf("ghcr.io/kubeflow/spark-operator/controller:2.5.2");
  assert.ok(image);
  return image;
};
const move = (...args: string[]) => {
  let next = 20000;
  return moveToThisMachine(operator(), args, "/pod", () => next++);
};

describe("images that run as processes", () => {
  it("are known by their repository: any registry, tag or digest, nothing else", () => {
    const known = (reference: string) => realImageOf(reference)?.tool;
    const own = "kubeflow/spark-operator/controller";
    for (const reference of [own, `ghcr.io/${own}:2.5.2`, `mirror:5000/x/${own}@sha256:ab`]) {
      assert.equal(known(reference), "spark-operator", reference);
    }
    for (const reference of [`${own}-x`, "kubeflow/spark-operator/kubectl", `my${own}`]) {
      assert.equal(known(reference), undefined, reference);
    }
  });
});

describe("the command line of a container that runs as a process", () => {
  it("keeps all that the chart rendered, but for ports, which move to loopback", () => {
    const { args, ports } = move(
      "controller",
      "start",
      "--namespaces=spark-jobs",
      "--metrics-bind-address=:8080",
      "--leader-election=true",
    );
    assert.deepEqual(args, [
      "controller",
      "start",
      "--namespaces=spark-jobs",
      "--metrics-bind-address=127.0.0.1:20000",
      "--leader-election=true",
      "--health-probe-bind-address=127.0.0.1:20001",
    ]);
    assert.deepEqual(ports, { 8080: 20000, 8081: 20001 });
  });

  it("moves bare ports and folders too, and a port that is only implied", () => {
    const { args, ports } = move("webhook", "start", "--health-probe-bind-address", ":9000");
    assert.deepEqual(args.slice(2), [
      "--health-probe-bind-address=127.0.0.1:20000",
      "--webhook-port=20001",
      "--webhook-cert-dir=/pod/webhook-cert-dir",
    ]);
    assert.deepEqual(ports, { 9000: 20000, 9443: 20001 });
  });

  it("leaves a listener off that is switched off", () => {
    const { ports } = move("controller", "start", "--metrics-bind-address=0");
    assert.deepEqual(Object.keys(ports), ["8081"]);
  });

  it("refuses a command that the agent does not know, naming those that it knows", () => {
    assert.throws(() => move("serve"), /"serve": the agent knows controller, webhook/);
  });
});
