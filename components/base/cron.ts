interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names that may stand for numbers, from `least` on. */
  readonly names?: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const fields: readonly CronField[] = [
  { name: "minute", least: 0, most: 59 },
  { name: "hour", least: 0, most: 23 },
  { name: "day of the month", least: 1, most: 31 },
  { name: "month", least: 1, most: 12, names: months },
  { name: "day of the week", least: 0, most: 6, names: days },
];

const shorthand = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/;
const every = /^@every (?=\d)(\d+h)?(\d+m)?(\d+s)?$/;

/**
 * What is wrong with a cron schedule, for messages; `undefined` if nothing is. The rules are those
 * of the parser that Kubernetes' CronJobs and the Spark operator share (robfig/cron, standard): five
 * fields, no seconds, Sunday is 0, `@hourly` and the like, `@every 1h30m`. A time zone stands beside
 * the schedule, not in it.
 */
export function cronProblem(schedule: string): string | undefined {
  if (/^(CRON_)?TZ=/.test(schedule)) return "names a time zone; that has a place of its own";
  if (schedule.startsWith("@")) {
    return shorthand.test(schedule) || every.test(schedule)
      ? undefined
      : `"${schedule}" is none of @yearly, @monthly, @weekly, @daily, @hourly, @every 1h30m`;
  }
  const parts = schedule.trim().split(/\s+/);
  if (parts.length !== fields.length) {
    return `"${schedule}" has ${schedule.trim() === "" ? 0 : parts.length} fields; it takes five: minute, hour, day of the month, month, day of the week`;
  }
  return fields.map((field, index) => fieldProblem(field, parts[index] ?? "")).find(Boolean);
}

function fieldProblem(field: CronField, text: string): string | undefined {
  const wrong = text.split(",").find((part) => !isRange(field, part));
  return wrong === undefined
    ? undefined
    : `"${text}" is no ${field.name}; it takes numbers from ${field.least} to ${field.most}, ranges such as ${field.least}-${field.most}, steps such as */${field.most > 9 ? 5 : 2}, and lists of these`;
}

/** `*`, `5`, `1-5`, each with a step behind it or without. */
function isRange(field: CronField, text: string): boolean {
  const [range = "", step, ...more] = text.split("/");
  if (more.length > 0) return false;
  if (step !== undefined && !(/^\d+$/.test(step) && Number(step) > 0)) return false;
  if (range === "*" || range === "?") return true;
  const ends = range.split("-").map((end) => numberOf(field, end));
  const [first, last = first] = ends;
  if (first === undefined || last === undefined || ends.length > 2) return false;
  return ends.every((end) => end !== undefined) && first <= last;
}

function numberOf({ least, most, names = [] }: CronField, text: string): number | undefined {
  const index = names.indexOf(text.toLowerCase());
  if (index >= 0) return least + index;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : undefined;
}
