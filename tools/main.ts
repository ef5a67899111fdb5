import { Command, InvalidArgumentError } from "commander";
import { leftOut } from "./messages";
import {
  ensureTools,
  installOpenStack,
  installPyspark,
  listTools,
  testToolNames,
  toolBin,
  ToolchainError,
  toolNames,
  type ToolName,
} from "./toolchain";
import { rangeInWords } from "./version";

/** What is no program of one file, and no tool of `make up`: only who names it gets it. */
const optional = ["pyspark", "openstack"] as const;
type TestToolName = (typeof testToolNames)[number];
type Name = ToolName | (typeof optional)[number];
const known = [...toolNames, ...testToolNames, ...optional] as const;

async function ensureNamed(names: readonly Name[]): Promise<void> {
  const wanted = [...toolNames, ...testToolNames].filter((name) => names.includes(name));
  await ensureTools(names.length === 0 ? toolNames : wanted);
  if (names.includes("pyspark")) {
    console.error("installing pyspark (about 450 MB)");
    const onWait = (pid: number) => console.error(`waiting for process ${pid}, which installs it`);
    console.log(await installPyspark(onWait));
  }
  if (names.includes("openstack")) {
    console.log((await installOpenStack((text) => console.error(text))).services);
  }
}

async function list(): Promise<void> {
  for (const tool of await listTools()) {
    const name = tool.spec.name.padEnd(24);
    if ("file" in tool)
      console.log(`${name}${tool.origin.padEnd(10)}${tool.version}  ${tool.file}`);
    else {
      const accepted = `${tool.spec.version}, or ${rangeInWords(tool.spec.accepts)} on PATH`;
      console.log(`${name}missing   ${accepted}${leftOut(tool)}`);
    }
  }
}

/** What a test tool's name may be on the command line. */
function testToolName(text: string, before: readonly TestToolName[] = []): readonly TestToolName[] {
  const name = testToolNames.find((one) => one === text);
  if (name) return [...before, name];
  throw new InvalidArgumentError(`allowed are ${testToolNames.join(", ")}`);
}

function toolName(text: string, before: readonly Name[] = []): readonly Name[] {
  const name = known.find((one) => one === text);
  if (name) return [...before, name];
  throw new InvalidArgumentError(`allowed are ${known.join(", ")}`);
}

const program = new Command("tools").description("the toolchain: finds, downloads or builds tools");
program
  .command("ensure")
  .description("get the tools that are not there")
  .argument("[names...]", "default: all that make up needs", toolName, [])
  .action(ensureNamed);
program
  .command("path")
  .description("print a folder with all tools, for PATH")
  .argument("[more...]", "tools beyond those of make up", testToolName, [])
  .action(async (more: readonly TestToolName[]) => console.log(await toolBin(more)));
program.command("list").description("where each tool comes from").action(list);
program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof ToolchainError ? error.message : error);
  process.exit(1);
});
