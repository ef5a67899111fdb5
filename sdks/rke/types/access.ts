/** How clients of the API are known. */
export interface ClusterAuthentication {
  /** Further names and addresses in the API server's certificate. */
  sans?: string[];
  /** `x509`, or `x509|webhook`. */
  strategy?: string;
  webhook?: ClusterAuthenticationWebhook;
}

/** A webhook that knows clients by their token. */
export interface ClusterAuthenticationWebhook {
  cacheTimeout?: string;
  configFile?: string;
}

/** How the API decides what clients may do. */
export interface ClusterAuthorization {
  /** `rbac` or `none`. */
  mode?: string;
  options?: Record<string, string>;
}

/** A certificate that RKE has made. */
export interface ClusterCertificate {
  certificate?: string;
  commonName?: string;
  config?: string;
  configEnvName?: string;
  configPath?: string;
  envName?: string;
  id?: string;
  key?: string;
  keyEnvName?: string;
  keyPath?: string;
  name?: string;
  ouName?: string;
  path?: string;
}

/** An etcd snapshot to go back to. */
export interface ClusterRestore {
  /** Whether the next update goes back to the snapshot. */
  restore?: boolean;
  snapshotName?: string;
}

/** Which certificates are made anew. */
export interface ClusterRotateCertificates {
  /** Whether the CA is made anew too. */
  caCertificates?: boolean;
  /** Of which services; none named: of all. */
  services?: string[];
}
