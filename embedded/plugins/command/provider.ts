import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { Log } from "../protocol/engineLog";
import {
  redact,
  secretStrings,
  stringAt,
  unknown,
  type JsonObject,
  type Properties,
} from "../protocol/properties";
import type {
  CheckRequest,
  CheckResult,
  CreateRequest,
  CreateResult,
  DeleteRequest,
  DiffRequest,
  DiffResult,
  PropertyChange,
  Provider,
  ReadRequest,
  ReadResult,
  UpdateRequest,
} from "../protocol/provider";
import { runHere, type Said } from "./run";

/** Runs on this machine, really. */
const local = "command:local:Command";

/** Runs on another machine: only said to have run here. */
const remote = "command:remote:Command";

/** Names the file with what every pretended command on another machine has said. */
const remoteStdoutVariable = "EO_REMOTE_STDOUT";

/**
 * Stand-in for the `command` plugin. Commands of this machine really run; those of other machines, for
 * which there are none, are taken as done.
 */
export class CommandProvider implements Provider {
  readonly version = "1.2.1";
  readonly #end = new AbortController();

  constructor(private readonly log: Log) {}

  configure(): Promise<void> {
    return Promise.resolve();
  }

  check({ urn, news }: CheckRequest): Promise<CheckResult> {
    if (urn.type === local || urn.type === remote) {
      return Promise.resolve({ inputs: news, failures: [] });
    }
    const reason = `${urn.type} is not in this stand-in for the command plugin: ${local}, ${remote}`;
    return Promise.resolve({ inputs: news, failures: [{ property: "", reason }] });
  }

  /** Triggers ask for a new one where there is no command for updates; the rest is updated. */
  diff({ oldInputs, news }: DiffRequest): Promise<DiffResult> {
    const changes = new Map<string, PropertyChange>();
    for (const key of new Set([...Object.keys(oldInputs.value), ...Object.keys(news.value)])) {
      const [before, after] = [oldInputs.value[key], news.value[key]];
      if (isDeepStrictEqual(before, after)) continue;
      const kind = before === undefined ? "add" : after === undefined ? "delete" : "update";
      const replace = key === "triggers" && news.value["update"] === undefined;
      changes.set(key, { kind, replace, inputDiff: true });
    }
    return Promise.resolve({ changes, deleteBeforeReplace: false });
  }

  async create({ urn, inputs, preview, timeout }: CreateRequest): Promise<CreateResult> {
    if (preview) return { id: "", state: stateOf(inputs, { stdout: unknown, stderr: unknown }) };
    const said = await this.run(urn, stringAt(inputs.value, "create"), inputs, timeout);
    return { id: urn.name, state: stateOf(inputs, said) };
  }

  async update(request: UpdateRequest): Promise<Properties> {
    const { urn, news, oldState, preview, timeout } = request;
    if (preview) return stateOf(news, { stdout: unknown, stderr: unknown });
    const command = stringAt(news.value, "update") ?? stringAt(news.value, "create");
    return stateOf(news, await this.run(urn, command, news, timeout, saidIn(oldState)));
  }

  read({ id, inputs, state }: ReadRequest): Promise<ReadResult> {
    return Promise.resolve({ id, inputs, state });
  }

  async delete({ urn, state, timeout }: DeleteRequest): Promise<void> {
    await this.run(urn, stringAt(state.value, "delete"), state, timeout, saidIn(state));
  }

  cancel(): void {
    this.#end.abort();
  }

  private async run(
    urn: CreateRequest["urn"],
    command: string | undefined,
    properties: Properties,
    timeout: number,
    previous?: Said,
  ): Promise<Said> {
    if (urn.type === remote) return pretended();
    if (command === undefined) return previous ?? { stdout: "", stderr: "" };
    const secrets = secretStrings(properties);
    const inputs: JsonObject = properties.value;
    const onLine = (line: string) => this.log.info(redact(line, secrets), urn.text);
    try {
      return await runHere(command, {
        inputs,
        previous,
        onLine,
        signal: this.#end.signal,
        timeout,
      });
    } catch (error) {
      throw new Error(redact(error instanceof Error ? error.message : String(error), secrets));
    }
  }
}

function pretended(): Said {
  const file = process.env[remoteStdoutVariable];
  return { stdout: file === undefined ? "" : readFileSync(file, "utf8"), stderr: "" };
}

const saidIn = ({ value }: Properties): Said => ({
  stdout: stringAt(value, "stdout") ?? "",
  stderr: stringAt(value, "stderr") ?? "",
});

/** What a secret went into is secret. */
const stateOf = ({ value, secrets }: Properties, { stdout, stderr }: Said): Properties => ({
  value: { ...value, stdout, stderr },
  secrets: secrets.length === 0 ? secrets : [...secrets, ["stdout"], ["stderr"]],
});
