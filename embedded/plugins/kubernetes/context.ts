import type { Log } from "../protocol/engineLog";
import type { Cluster } from "./cluster";
import type { Connection } from "./connection";
import type { Settings } from "./settings";

/** What one configured provider works with. */
export interface Context {
  readonly settings: Settings;
  readonly connection: Connection;
  readonly cluster: Cluster;
  readonly log: Log;
}
