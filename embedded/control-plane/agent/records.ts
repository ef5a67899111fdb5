import { z } from "zod";
import { readIfThere, writeFileWhole } from "../../processes/files";

const recordSchema = z.object({
  /** The pod's uid and the container's name, with a slash between. */
  key: z.string(),
  pid: z.int().positive(),
  identity: z.string(),
  /** When it was started, as an RFC 3339 timestamp. */
  startedAt: z.string(),
  restarts: z.int().min(0),
  /** What the process was given by its agent; under an agent with another one it starts anew. */
  setting: z.string(),
  /** By the port that the container declares: the loopback port that it really listens on. */
  ports: z.record(z.string(), z.int().positive()),
});

/** A container that the agent runs as a process. */
export type ContainerRecord = z.infer<typeof recordSchema>;

/** The recorded containers; none where there is no file, or one that cannot be read. */
export async function readRecords(file: string): Promise<ContainerRecord[]> {
  const text = await readIfThere(file);
  if (text === undefined) return [];
  return z.array(recordSchema).parse(JSON.parse(text));
}

/** Keeps the records of all containers, so that a later agent can adopt or end them. */
export class Records {
  private readonly records = new Map<string, ContainerRecord>();

  constructor(private readonly file: string) {}

  async load(): Promise<void> {
    for (const record of await readRecords(this.file)) this.records.set(record.key, record);
  }

  get(key: string): ContainerRecord | undefined {
    return this.records.get(key);
  }

  all(): readonly ContainerRecord[] {
    return [...this.records.values()];
  }

  put(record: ContainerRecord): void {
    this.records.set(record.key, record);
    this.save();
  }

  remove(key: string): void {
    if (this.records.delete(key)) this.save();
  }

  private save(): void {
    writeFileWhole(this.file, JSON.stringify(this.all(), undefined, 2));
  }
}
