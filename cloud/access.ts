/** An application credential: what a stack takes, good for one project and not for a login. */
export interface ApplicationCredential {
  readonly applicationCredentialId: string;
  /** A secret. */
  readonly secret: string;
}

/** A user with its password. */
export interface PasswordCredential {
  readonly user: string;
  /** A secret. */
  readonly password: string;
  /** Name of the project that the token is to be good for. */
  readonly project: string;
  /** Name of the user's domain. Default: `Default`. */
  readonly userDomain?: string;
  /** Name of the project's domain. Default: `Default`. */
  readonly projectDomain?: string;
}

/** How a caller proves who it is to keystone. */
export type Credential = ApplicationCredential | PasswordCredential;

/** All that is needed to call the APIs of an OpenStack. */
export interface CloudAccess<C extends Credential = Credential> {
  /** Keystone's address, with `/v3`. */
  readonly authUrl: string;
  /** Whose endpoints of the catalogue are called. Default: those of any region. */
  readonly region?: string;
  /** Which of a service's addresses is called: `public`, `internal` or `admin`. Default: `public`. */
  readonly interface?: string;
  readonly credential: C;
}

/** Whether it is what a stack takes. */
export function isApplication(access: CloudAccess): access is CloudAccess<ApplicationCredential> {
  return "secret" in access.credential;
}

/** The part of a credential that nobody may see. */
export const secretOf = (credential: Credential): string =>
  "secret" in credential ? credential.secret : credential.password;
