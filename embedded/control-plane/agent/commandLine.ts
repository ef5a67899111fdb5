import type { FolderFlag, PortFlag, RealImage } from "../images";

/** A container's command line, with its ports and folders moved to free ones of this machine. */
export interface MovedCommandLine {
  readonly args: readonly string[];
  /** By the port that the chart gave: the one that the process listens on. */
  readonly ports: Readonly<Record<string, number>>;
}

/**
 * Moves a program's listeners to loopback and its folders below `folder`; all other arguments stay
 * as the chart rendered them.
 *
 * @param freePort gives a free loopback port for each call
 */
export function moveToThisMachine(
  image: RealImage,
  args: readonly string[],
  folder: string,
  freePort: () => number,
): MovedCommandLine {
  const flags = image.commands[args[0] ?? ""];
  if (!flags) {
    const known = Object.keys(image.commands).join(", ");
    throw new Error(`${image.tool} is not run with "${args[0] ?? ""}": the agent knows ${known}`);
  }
  const moved = { args: separated(args), ports: {} as Record<string, number> };
  for (const flag of flags.ports) movePort(moved, flag, freePort);
  for (const flag of flags.folders) setFlag(moved.args, flag.flag, folderOf(flag, folder));
  return moved;
}

interface Moved {
  args: string[];
  ports: Record<string, number>;
}

function movePort(moved: Moved, { flag, form, implied }: PortFlag, freePort: () => number): void {
  const given = flagValue(moved.args, flag);
  const port = given === undefined ? implied : portIn(given);
  // No listener, or one that is switched off with "0".
  if (port === undefined || port === 0) return;
  const own = moved.ports[port] ?? freePort();
  moved.ports[port] = own;
  setFlag(moved.args, flag, form === "address" ? `127.0.0.1:${own}` : String(own));
}

/** The port in `:8080`, `0.0.0.0:8080` or `8080`. */
function portIn(value: string): number | undefined {
  const port = Number(value.slice(value.lastIndexOf(":") + 1));
  return Number.isInteger(port) ? port : undefined;
}

/** `--flag value` becomes `--flag=value`, so that there is one form to look for. */
function separated(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const [arg = "", next] = [args[i], args[i + 1]];
    const takesNext = arg.startsWith("--") && !arg.includes("=") && next && !next.startsWith("-");
    joined.push(takesNext ? `${arg}=${next}` : arg);
    if (takesNext) i++;
  }
  return joined;
}

function flagValue(args: readonly string[], flag: string): string | undefined {
  return args.findLast((arg) => arg.startsWith(`${flag}=`))?.slice(flag.length + 1);
}

function setFlag(args: string[], flag: string, value: string): void {
  const index = args.findLastIndex((arg) => arg.startsWith(`${flag}=`));
  if (index < 0) args.push(`${flag}=${value}`);
  else args[index] = `${flag}=${value}`;
}

function folderOf({ flag }: FolderFlag, parent: string): string {
  return `${parent}/${flag.replace(/^-+/, "")}`;
}
