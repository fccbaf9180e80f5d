// What a migration says at its end.

import type { Ledger, Report, Undone } from "@cadenza/sdk/moving";
import type { Common, Session } from "../connection.ts";
import { EXIT } from "../exits.ts";
import { jsonOf, tableOf } from "../table.ts";

type Wish = Common & { dryRun?: boolean };

export function tellCopied(session: Session, { json, dryRun }: Wish, report: Report, ledger: Ledger) {
  const result = report.result();
  if (json) session.say(jsonOf({ dry_run: dryRun === true, ...result }));
  else {
    const width = Number.POSITIVE_INFINITY;
    session.say(
      tableOf(result.records, { columns: ["kind", "made", "existing", "before", "left_out"], width }),
    );
    const reasons = result.left_out.map(({ kind, why, count, examples }) => ({
      kind,
      count,
      why,
      examples: examples.join(", "),
    }));
    if (reasons.length > 0)
      session.say(
        `\nLeft out:\n${tableOf(reasons, { columns: ["kind", "count", "why", "examples"], width })}`,
      );
    const lost = result.values_left_out.map(({ examples, ...one }) => ({
      ...one,
      examples: examples.join("; "),
    }));
    if (lost.length > 0)
      session.say(
        `\nValues left out:\n${tableOf(lost, { columns: ["kind", "field", "count", "examples"], width })}`,
      );
    if (result.notes.length > 0) session.say(`\n${result.notes.map((says) => `- ${says}`).join("\n")}`);
    if (dryRun) session.say("\nThis was a dry run: nothing was copied.");
    else if (ledger.all("sequences").length > 0)
      session.say("\nAll sequences are switched off. Look at them, then activate them.");
  }
  return result.left_out.length + result.values_left_out.length > 0 ? EXIT.notAll : EXIT.done;
}

export function tellUndone(session: Session, { json }: Wish, undone: readonly Undone[]) {
  if (json) session.say(jsonOf({ undone }));
  else
    session.say(
      tableOf(
        undone.map(({ kind, undone: count, left }) => ({
          kind,
          undone: count,
          left: left.length,
          why: left[0]?.why ?? "",
        })),
        { columns: ["kind", "undone", "left", "why"], width: Number.POSITIVE_INFINITY },
      ),
    );
  return EXIT.done;
}
