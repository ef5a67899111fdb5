import { reporters, Runner, type MochaOptions, type Runnable } from "mocha";
import { skipReason } from "./skip";

/** Mocha's spec output, then each skipped test with its reason, then one line: the sum. */
class SumReporter extends reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    const skipped: Runnable[] = [];
    // A failing hook hides the tests of its suite: counted, else a broken set-up looks like success.
    runner.on(Runner.constants.EVENT_TEST_PENDING, (test: Runnable) => skipped.push(test));
    runner.on(Runner.constants.EVENT_RUN_END, () => {
      process.on("exit", () => {
        for (const test of skipped) {
          const reason = skipReason(test) ?? "no reason given";
          console.log(`skipped: ${test.fullTitle()}: ${reason}`);
        }
        const { passes, failures, pending } = this.stats;
        console.log(`${passes} passed, ${failures} failed, ${pending} skipped`);
      });
    });
  }
}

export = SumReporter;
