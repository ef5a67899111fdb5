/** What the command line of spark-submit says. */
export interface Submission {
  readonly name: string;
  readonly mainClass?: string;
  /** All of `--conf`, and the options that are settings under another name. */
  readonly properties: ReadonlyMap<string, string>;
  /** The file that holds the application. */
  readonly resource: string;
  readonly args: readonly string[];
}

/** Options that are short for a setting. */
const settingOf: Readonly<Record<string, string>> = {
  "--master": "spark.master",
  "--deploy-mode": "spark.submit.deployMode",
  "--name": "spark.app.name",
  "--jars": "spark.jars",
  "--packages": "spark.jars.packages",
  "--exclude-packages": "spark.jars.excludes",
  "--repositories": "spark.jars.repositories",
  "--files": "spark.files",
  "--archives": "spark.archives",
  "--py-files": "spark.submit.pyFiles",
};

const switches = ["--load-spark-defaults", "--verbose"];
/** Of no meaning where nothing runs. */
const ignored = ["--proxy-user"];

/**
 * Reads the options that the spark-operator gives to spark-submit.
 *
 * @throws for an option that it does not know, and for one without its value
 */
export function readArguments(argv: readonly string[]): Submission {
  const properties = new Map<string, string>();
  let mainClass: string | undefined;
  let at = 0;
  for (; at < argv.length; at++) {
    const option = argv[at] ?? "";
    if (!option.startsWith("-")) break;
    if (switches.includes(option)) continue;
    const value = argv[++at];
    if (value === undefined) throw new Error(`${option} needs a value`);
    if (option === "--class") mainClass = value;
    else if (option === "--conf") properties.set(...splitConf(value));
    else if (!ignored.includes(option)) properties.set(settingFor(option), value);
  }
  const [resource, ...args] = argv.slice(at);
  if (resource === undefined) throw new Error("the application's file is missing");
  const name = properties.get("spark.app.name") ?? "spark";
  return { name, properties, resource, args, ...(mainClass === undefined ? {} : { mainClass }) };
}

function splitConf(text: string): [string, string] {
  const equals = text.indexOf("=");
  if (equals < 1) throw new Error(`--conf ${text}: must be key=value`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}

function settingFor(option: string): string {
  const setting = settingOf[option];
  if (setting !== undefined) return setting;
  throw new Error(`this stand-in of spark-submit does not know the option ${option}`);
}
