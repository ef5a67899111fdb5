import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { V1Container, V1Probe } from "@kubernetes/client-node";
import { lastLines } from "../../processes/files";
import { ask } from "../probe";
import { begin, end, isAlive, type Recipe } from "../../processes/process";
import { reason } from "./workQueue";
import type { ContainerRecord, Records } from "./records";

const watchEveryMs = 200;
const firstBackoffMs = 500;
const lastBackoffMs = 30_000;
const endWithinMs = 5_000;
/** A run of this length was a good one: the next pause is short again. */
const goodRunMs = 60_000;

/** How a container's last run ended. */
export interface Ended {
  readonly exitCode: number;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** The last lines of its log. */
  readonly message: string;
}

/** What a container does now. */
export type Phase =
  | { readonly is: "waiting"; readonly reason: string; readonly message: string }
  | { readonly is: "running"; readonly startedAt: string; readonly ready: boolean }
  | { readonly is: "ended"; readonly ended: Ended };

/** What is needed to start a container's process. */
export interface Launch {
  readonly recipe: Recipe;
  readonly ports: Readonly<Record<string, number>>;
}

/** What {@link ContainerProcess} is made from. */
export interface ContainerArgs {
  readonly key: string;
  readonly container: V1Container;
  readonly restartPolicy: string;
  readonly log: string;
  readonly records: Records;
  /** See the record's field of this name. */
  readonly setting: string;
  /** Restarts counted so far. */
  readonly restarts: number;
  /** Prepares one start: token, environment, ports. Its failure is shown and tried again. */
  readonly prepare: () => Promise<Launch>;
  readonly onChange: () => void;
}

/** One container that runs as a process: started, watched, probed, started again where it ends. */
export class ContainerProcess {
  phase: Phase = { is: "waiting", reason: "ContainerCreating", message: "" };
  last: Ended | undefined;
  restarts: number;
  private record: ContainerRecord | undefined;
  private child: ChildProcess | undefined;
  private readonly stopping = new AbortController();
  private readonly done: Promise<void>;

  constructor(private readonly args: ContainerArgs) {
    this.restarts = args.restarts;
    this.record = args.records.get(args.key);
    this.done = this.live();
  }

  get ready(): boolean {
    return this.phase.is === "running" && this.phase.ready;
  }

  get name(): string {
    return this.args.container.name;
  }

  /** The loopback port behind one that the container declares, by number or by name. */
  port(declared: number | string): number | undefined {
    const named = this.args.container.ports?.find(({ name }) => name === declared);
    return this.record?.ports[named?.containerPort ?? declared];
  }

  /** Ends the process and whatever else this container would do. */
  async stop(graceMs: number): Promise<void> {
    this.stopping.abort();
    if (this.record) await end(this.record, graceMs);
    await this.done;
    this.args.records.remove(this.args.key);
  }

  private async live(): Promise<void> {
    let backoffMs = firstBackoffMs;
    while (!this.stopping.signal.aborted) {
      const began = performance.now();
      if (await this.launched()) {
        this.last = await this.runToItsEnd();
        if (this.stopping.signal.aborted) return;
        if (this.isFinal(this.last)) return this.become({ is: "ended", ended: this.last });
        this.restarts += 1;
        this.become({ is: "waiting", reason: "CrashLoopBackOff", message: this.last.message });
      }
      backoffMs = performance.now() - began > goodRunMs ? firstBackoffMs : backoffMs;
      await sleep(backoffMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      backoffMs = Math.min(backoffMs * 2, lastBackoffMs);
    }
  }

  /** True where a process runs now: one of an earlier agent, or a new one. */
  private async launched(): Promise<boolean> {
    const { key, records, prepare, setting } = this.args;
    if (this.record && isAlive(this.record) && this.record.setting === setting) {
      this.restarts = this.record.restarts;
      return true;
    }
    if (this.record) {
      await end(this.record, endWithinMs);
      this.restarts = this.record.restarts + 1;
      this.record = undefined;
    }
    try {
      const { recipe, ports } = await prepare();
      if (this.stopping.signal.aborted) return false;
      const { child, record } = begin(recipe);
      const { pid, identity } = record;
      const startedAt = new Date().toISOString();
      this.child = child;
      const { restarts } = this;
      this.record = { key, pid, identity, startedAt, restarts, setting, ports: { ...ports } };
      records.put(this.record);
      return true;
    } catch (error) {
      this.become({
        is: "waiting",
        reason: "CreateContainerError",
        message: reason(error),
      });
      return false;
    }
  }

  private async runToItsEnd(): Promise<Ended> {
    const record = this.record;
    if (!record) throw new Error("a container without a record cannot run");
    const probe = new Readiness(this.args.container.readinessProbe, (port) => this.port(port));
    const { startedAt } = record;
    this.become({ is: "running", startedAt, ready: false });
    while (isAlive(record)) {
      const ready = await probe.check();
      if (this.phase.is !== "running" || this.phase.ready !== ready) {
        this.become({ is: "running", startedAt, ready });
      }
      await sleep(watchEveryMs);
    }
    const exitCode = await this.exitCode();
    const lines = await lastLines(this.args.log, 5);
    this.args.records.remove(this.args.key);
    this.record = undefined;
    const finishedAt = new Date().toISOString();
    return { exitCode, startedAt, finishedAt, message: lines.join("\n") };
  }

  /** 255 for a process of an earlier agent: only its parent is told the code. */
  private async exitCode(): Promise<number> {
    const child = this.child;
    this.child = undefined;
    if (!child) return 255;
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    return child.exitCode ?? 137;
  }

  private isFinal({ exitCode }: Ended): boolean {
    const { restartPolicy } = this.args;
    return restartPolicy === "Never" || (restartPolicy === "OnFailure" && exitCode === 0);
  }

  private become(phase: Phase): void {
    this.phase = phase;
    this.args.onChange();
  }
}

/** Asks a container's readiness probe: often until it answers, then as the probe says. */
class Readiness {
  private ready = false;
  private failures = 0;
  private nextAt = 0;

  constructor(
    private readonly probe: V1Probe | undefined,
    private readonly portOf: (declared: number | string) => number | undefined,
  ) {}

  async check(): Promise<boolean> {
    const http = this.probe?.httpGet;
    // Without an HTTP probe a process that runs counts as ready.
    if (!http) return true;
    if (performance.now() < this.nextAt) return this.ready;
    const port = this.portOf(http.port);
    const scheme = (http.scheme ?? "HTTP").toLowerCase();
    const url = `${scheme}://127.0.0.1:${port}${http.path ?? "/"}`;
    const { ok } = await ask(url, { rejectUnauthorized: false });
    this.failures = ok ? 0 : this.failures + 1;
    this.ready = ok || (this.ready && this.failures < (this.probe?.failureThreshold ?? 3));
    const period = this.ready ? (this.probe?.periodSeconds ?? 10) * 1000 : 0;
    this.nextAt = performance.now() + period;
    return this.ready;
  }
}
