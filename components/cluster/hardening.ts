/** What Rancher's hardening guides (CIS) want of either distribution. */
export const hardening = {
  /** The ciphers of TLS 1.2 with forward secrecy and authenticated encryption; those of 1.3 are fixed. */
  tlsCipherSuites: [
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
  ],
  /** How long the API server's audit log is kept, in how many files, of which size. */
  auditLog: { days: 30, files: 10, mebibytes: 100 },
  /** From how many finished pods on the oldest are deleted. */
  terminatedPods: 1000,
  /** After which silence the kubelet ends a stream, as Go writes durations. */
  idleTimeout: "5m",
} as const;
