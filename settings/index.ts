export { parseSettings, type ParseOptions } from "./parse";
export { describeProblems, SettingsError, type Problem } from "./problem";
export { isPlaceholder, isSecretKey, secretKeys, type SecretKey } from "./secrets";
export type {
  OpenEoSettings,
  Settings,
  SparkOperatorSettings,
  Switchable,
  TraefikSettings,
} from "./settings";
export type { SettingsSource } from "./source";
export { targets, type Target } from "./target";
