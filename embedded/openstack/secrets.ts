import { randomBytes } from "node:crypto";
import { z } from "zod";
import { parseJson, readIfThere, writeFileWhole } from "../processes/files";

const secretsSchema = z.object({
  /** Of the account that all services have in MariaDB. */
  database: z.string(),
  /** Of the account that all services have in RabbitMQ. */
  broker: z.string(),
  /** Of the account that each service has in keystone. */
  service: z.string(),
  /** Of the cloud's administrator. */
  admin: z.string(),
  /** Of the project's ordinary user. */
  user: z.string(),
  /** Of that user's application credential. */
  applicationCredential: z.string(),
});

/** The passwords of one OpenStack, drawn once; they open nothing but ports on loopback. */
export type Secrets = Readonly<z.infer<typeof secretsSchema>>;

/** The recorded passwords, or new ones, which are recorded with mode 0600. */
export async function ensureSecrets(file: string): Promise<Secrets> {
  const known = secretsSchema.safeParse(parseJson((await readIfThere(file)) ?? ""));
  if (known.success) return known.data;
  const drawn: Secrets = {
    database: draw(),
    broker: draw(),
    service: draw(),
    admin: draw(),
    user: draw(),
    applicationCredential: draw(),
  };
  writeFileWhole(file, JSON.stringify(drawn));
  return drawn;
}

/** Letters and digits only: they stand in URLs, SQL and INI files unescaped. */
function draw(): string {
  return randomBytes(18).toString("hex");
}
