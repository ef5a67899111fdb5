import { randomBytes } from "node:crypto";
import type { Context } from "mocha";
import { z } from "zod";
import type { ApplicationCredential, CloudAccess } from "../../cloud/access";
import { anything, OpenStackClient } from "../../cloud/client";
import { startOpenStack, status, type OpenStack, type Quotas } from "../../embedded/openstack";
import { setQuotas } from "../../embedded/openstack/quotas";
import { newFolder, openStackToolsOrSkip, removeFolder } from "../embedded/openstack/support";

let folder: string | undefined;
let starting: Promise<OpenStack> | undefined;

// A start takes a minute: one serves all suites of a run.
after("the shared OpenStack", async function () {
  this.timeout(120_000);
  if (folder !== undefined) await removeFolder(folder);
});

/**
 * An OpenStack on loopback that all suites of a run share, so each makes a project of its own in it;
 * skips the suite where its programs are missing. With `EO_TEST_OPENSTACK=DIR` the one that runs in
 * that data folder is used, and left running.
 */
export async function openStackOrSkip(context: Context): Promise<OpenStack> {
  const running = process.env["EO_TEST_OPENSTACK"];
  if (running !== undefined) {
    const { openStack } = await status(running);
    if (openStack === undefined) throw new Error(`no OpenStack runs in ${running}`);
    return openStack;
  }
  const tools = await openStackToolsOrSkip(context);
  folder ??= await newFolder();
  starting ??= startOpenStack({ dir: folder, tools });
  return starting;
}

/** A project of a suite's own, with its user. */
export interface TestProject {
  readonly id: string;
  /** As a stack reaches it: by an application credential. */
  readonly access: CloudAccess<ApplicationCredential>;
  readonly client: OpenStackClient;
  readonly admin: OpenStackClient;
  /** Changes quotas. */
  limit(quotas: Partial<Quotas>): Promise<void>;
  /** Removes project and user; what is in the project must be gone. */
  remove(): Promise<void>;
}

const made = z.object({ id: z.string() });

/** Makes a project with an application credential, and quotas where they are given. */
export async function newProject(
  { authUrl, region, adminPassword }: OpenStack,
  quotas: Partial<Quotas> = {},
): Promise<TestProject> {
  const name = `test-${randomBytes(4).toString("hex")}`;
  const password = randomBytes(12).toString("hex");
  const admin = await OpenStackClient.connect({
    authUrl,
    region,
    credential: { user: "admin", password: adminPassword, project: "admin" },
  });
  const make = async (client: OpenStackClient, path: string, kind: string, body: object) => {
    const answer = z.object({ [kind]: made });
    const whole = { [kind]: { name, ...body } };
    const said = await client.call({
      service: "identity",
      method: "POST",
      path,
      body: whole,
      answer,
    });
    return said[kind]?.id ?? "";
  };
  const domain = { domain_id: "default" };
  const id = await make(admin, "/projects", "project", domain);
  const user = await make(admin, "/users", "user", { password, ...domain });
  const roles = z.object({ roles: z.array(made) });
  const role = await admin.call({ service: "identity", path: "/roles?name=member", answer: roles });
  const grant = `/projects/${id}/users/${user}/roles/${role.roles[0]?.id}`;
  await admin.call({ service: "identity", method: "PUT", path: grant, answer: anything });
  const own = await OpenStackClient.connect({
    authUrl,
    region,
    credential: { user: name, password, project: name },
  });
  const secret = randomBytes(24).toString("hex");
  const path = `/users/${user}/application_credentials`;
  const applicationCredentialId = await make(own, path, "application_credential", { secret });
  const access = { authUrl, region, credential: { applicationCredentialId, secret } };
  const limit = (more: Partial<Quotas>) => setQuotas(admin, id, more);
  await limit(quotas);
  return {
    id,
    access,
    client: await OpenStackClient.connect(access),
    admin,
    limit,
    async remove() {
      for (const gone of [`/users/${user}`, `/projects/${id}`]) {
        await admin.call({ service: "identity", method: "DELETE", path: gone, answer: anything });
      }
    },
  };
}
