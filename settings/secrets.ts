/** A setting that is only ever stored encrypted; its value is not seen here. */
export interface SecretSetting {
  /** What it is. */
  readonly description: string;
  /** How to give it: what stands after `pulumi config set --secret KEY`. Empty: the command asks. */
  readonly input: string;
}

/** The secret settings. */
export const secretSettings = {
  kubeconfig: {
    description:
      "Kubeconfig of the cluster, as YAML text. Not for the target `openstack`, which makes its cluster.",
    input: " < kubeconfig.yaml",
  },
  openstackSecret: {
    description: "Secret of `openstack.applicationCredentialId`. Required where that is set.",
    input: "",
  },
  sshPrivateKey: {
    description:
      "Private key to `openstack.sshPublicKey`, as PEM text. Required where that is set.",
    input: " < id_ed25519",
  },
  etcdBackupAccessKeyId: {
    description: "Access key of `openstack.etcdBackup`. Required where that is set.",
    input: "",
  },
  etcdBackupSecretAccessKey: {
    description: "Secret key of `openstack.etcdBackup`. Required where that is set.",
    input: "",
  },
  s3AccessKeyId: {
    description: "Access key of the S3 storage. Required where `openeo.s3` is set.",
    input: "",
  },
  s3SecretAccessKey: {
    description: "Secret key of the S3 storage. Required where `openeo.s3` is set.",
    input: "",
  },
  jobRegistryClientSecret: {
    description:
      "Secret of the client `openeoServices.jobRegistry.oidcClientId`. Required with the job registry.",
    input: "",
  },
  workspacesClientSecret: {
    description:
      "Secret of the client `openeoServices.workspaces.keycloakClientId`. Required with the workspaces API.",
    input: "",
  },
  workspacesElasticsearchPassword: {
    description:
      "Password of `openeoServices.workspaces.elasticsearchUser`. Required where that is set.",
    input: "",
  },
  openeoServicesPullConfig: {
    description:
      "Credentials of the registries that hold the images of `openeoServices`, as a Docker `config.json`.",
    input: " < config.json",
  },
  inputDataAccessKeyId: {
    description:
      "Access key of the storage with the input data. Left out: that of the storage of the results.",
    input: "",
  },
  inputDataSecretAccessKey: {
    description:
      "Secret key of the storage with the input data. Left out: that of the storage of the results.",
    input: "",
  },
  openeoHttpCredentials: {
    description: "Content of openEO's `http_credentials.json`, for input data behind a login.",
    input: " < http_credentials.json",
  },
  openeoJobRegistryCredentials: {
    description: "Client of openEO's job registry, as `client_id:client_secret@issuer`.",
    input: "",
  },
  openeoZooKeeperPassword: {
    description: "Password of `openeo.zooKeeper.username`. Required where that is set.",
    input: "",
  },
  openeoSecretEnv: {
    description: "Values of `openeo.secretEnv`: a JSON object of texts, by the variables' names.",
    input: " < secret-env.json",
  },
} as const satisfies Record<string, SecretSetting>;

/** Name of a secret setting. */
export type SecretKey = keyof typeof secretSettings;

/** Whether it is the name of a secret setting. */
export const isSecretKey = (key: string): key is SecretKey => Object.hasOwn(secretSettings, key);

/** The names of the secret settings. */
export const secretKeys: readonly SecretKey[] = Object.keys(secretSettings).filter(isSecretKey);

/** Values of published examples: whoever sets one has forgotten to put in the own. */
const placeholders = [/^AKIA[A-Z0-9]*(INVALID|EXAMPLE)$/, /EXAMPLEKEY$/, /^localuser\d*$/];

/**
 * Whether a credential is one of published examples, such as `AKIAIOSFODNN7INVALID`; for whoever may
 * see the value. The answer does not repeat it.
 */
export const isPlaceholder = (value: string): boolean =>
  placeholders.some((pattern) => pattern.test(value.trim()));
