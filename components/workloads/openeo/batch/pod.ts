import type * as pulumi from "@pulumi/pulumi";
import { requireWhole, type Refusals } from "../../../base/refusal";
import { mebibytes, millicores } from "../../../base/units";
import { environmentOf, volumeMountsOf, volumesOf, type EnvironmentSource } from "../../spark";
import { imageUser } from "../images";
import type { OpenEoContext } from "./context";

/** The image's interpreter, beside its packages. Source: `Dockerfile.creo` of openeo-geotrellis-kubernetes, and the public chart. */
const interpreter = "/opt/openeo/bin/python3";

/** A program of the image that runs without Spark. */
export interface PythonProgram {
  /** Name of the container. */
  readonly name: string;
  /** The ServiceAccount that it runs as. */
  readonly account: pulumi.Input<string>;
  /** Arguments of Python. */
  readonly run: readonly string[];
  /** Its environment. */
  readonly environment: Readonly<Record<string, EnvironmentSource>>;
  /** CPU that is reserved, in thousandths of a core. */
  readonly cpuMillicores: number;
  /** Memory that is reserved and may be used, in MiB. */
  readonly memoryMib: number;
}

/**
 * The pod of a program of openEO's image, as Kubernetes' standard `restricted` wants it.
 *
 * @param container what its container has besides
 */
export function pythonPodSpec<T extends object>(
  context: OpenEoContext,
  program: PythonProgram,
  container: T,
) {
  const memory = mebibytes(program.memoryMib);
  return {
    serviceAccountName: program.account,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: imageUser,
      fsGroup: imageUser,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        name: program.name,
        image: context.image,
        command: [interpreter, ...program.run],
        env: environmentOf(program.environment),
        // Memory has no headroom beyond what is reserved: a node that runs short kills others first.
        resources: {
          requests: { cpu: millicores(program.cpuMillicores), memory },
          limits: { memory },
        },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        volumeMounts: volumeMountsOf(context.files),
        ...container,
      },
    ],
    volumes: volumesOf(context.files),
  };
}

/** Refuses the size of a pod that no Python program fits in. */
export function refusePodSize(
  refusals: Refusals,
  path: string,
  size: Pick<PythonProgram, "cpuMillicores" | "memoryMib">,
): void {
  requireWhole(refusals, `${path}.cpuMillicores`, size.cpuMillicores, { least: 1 });
  requireWhole(refusals, `${path}.memoryMib`, size.memoryMib, { least: 128 });
}
