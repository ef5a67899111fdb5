export { readFiles } from "./files";
export { openEoInstances } from "./openeo/instances";
export { parseSettings } from "./parse";
export { describeProblems, SettingsError, type Problem } from "./problem";
export {
  projectConfig,
  settingsReference,
  stackFileSchema,
  type ProjectConfigKey,
  type SettingReference,
} from "./reference";
export { isPlaceholder, isSecretKey, secretKeys, type SecretKey } from "./secrets";
export type {
  ObjectStoreSettings,
  OpenEoInstance,
  OpenEoServicesSettings,
  OpenEoSettings,
  OpenStackSettings,
  Settings,
  SparkOperatorSettings,
  TraefikSettings,
} from "./settings";
export type { SettingsSource } from "./source";
export { targets, type Target } from "./target";
