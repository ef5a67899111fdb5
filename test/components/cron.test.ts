import assert from "node:assert/strict";
import { cronProblem } from "../../components/base/cron";

describe("a cron schedule", () => {
  it("may be what Kubernetes and the Spark operator read", () => {
    for (const schedule of [
      "* * * * *",
      "*/5 0-6,20-23 1 jan-mar MON-fri",
      "30 4 1,15 * 0",
      "5/15 ? * * ?",
      "@hourly",
      "@midnight",
      "@every 1h30m",
    ]) {
      assert.equal(cronProblem(schedule), undefined, schedule);
    }
  });

  const wrong: [string, RegExp][] = [
    ["", /has 0 fields/],
    ["* * * *", /has 4 fields/],
    ["0 * * * * *", /has 6 fields/],
    ["60 * * * *", /"60" is no minute; .*0 to 59/],
    ["* 24 * * *", /no hour/],
    ["* * 0 * *", /no day of the month; .*1 to 31/],
    ["* * * 13 *", /no month/],
    // Sunday is 0 alone.
    ["* * * * 7", /no day of the week; .*0 to 6/],
    ["* * * * L", /no day of the week/],
    ["*/0 * * * *", /no minute/],
    ["1-2-3 * * * *", /no minute/],
    ["9-3 * * * *", /no minute/],
    ["1,,2 * * * *", /no minute/],
    ["1/2/3 * * * *", /no minute/],
    ["jan * * * *", /no minute/],
    ["@reboot", /none of @yearly/],
    ["@every 5", /none of @yearly/],
    ["@every ", /none of @yearly/],
    ["TZ=UTC 0 * * * *", /time zone/],
    ["CRON_TZ=UTC 0 * * * *", /time zone/],
  ];
  for (const [schedule, message] of wrong) {
    it(`may not be "${schedule}"`, () => assert.match(cronProblem(schedule) ?? "", message));
  }
});
