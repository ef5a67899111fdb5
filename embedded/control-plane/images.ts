/** A port that a program takes from its command line. */
export interface PortFlag {
  readonly flag: string;
  /** `address` is `host:port`, `number` a bare port. */
  readonly form: "address" | "number";
  /** The port that the program takes where the flag is not given; none where it then listens on none. */
  readonly implied?: number;
}

/** A folder that a program writes to, given on its command line. */
export interface FolderFlag {
  readonly flag: string;
}

/** A container image that the node agent has a real program for. */
export interface RealImage {
  /** The image's repository without its registry, so that a mirrored image is known too. */
  readonly repository: string;
  /** The tool that does what the image's entry point does. */
  readonly tool: "spark-operator";
  /** By the program's first argument. */
  readonly commands: Readonly<
    Record<string, { readonly ports: readonly PortFlag[]; readonly folders: readonly FolderFlag[] }>
  >;
}

const operatorPorts: readonly PortFlag[] = [
  { flag: "--metrics-bind-address", form: "address" },
  { flag: "--health-probe-bind-address", form: "address", implied: 8081 },
];

/** The images whose pods run as processes on this machine; all others are simulated. */
export const realImages: readonly RealImage[] = [
  {
    repository: "kubeflow/spark-operator/controller",
    tool: "spark-operator",
    commands: {
      controller: {
        ports: [...operatorPorts, { flag: "--pprof-bind-address", form: "address" }],
        folders: [],
      },
      webhook: {
        ports: [...operatorPorts, { flag: "--webhook-port", form: "number", implied: 9443 }],
        folders: [{ flag: "--webhook-cert-dir" }],
      },
    },
  },
];

/** A regular expression for the references to an image: any registry, any tag or digest. */
export function referencePattern(image: RealImage): string {
  return `(^|/)${image.repository}([:@]|$)`;
}

/** The program of a container image, undefined where its containers are simulated. */
export function realImageOf(reference: string): RealImage | undefined {
  return realImages.find((image) => new RegExp(referencePattern(image)).test(reference));
}
