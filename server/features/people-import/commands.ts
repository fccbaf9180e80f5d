import type { Act } from "../../app.ts";
import { type Line, organizationOf, personOf } from "../../domain/person-rows.ts";
import { byCaller, record } from "../events/store.ts";
import { type Saved, saveOrganizations } from "../organizations/commands.ts";
import { savePeople } from "../people/commands.ts";

/** Who says what a file says, unless it names another source. */
export const FROM_FILE = "import";

export type Told = { row: number; line: Line } | { row: number; error: string };
export type Outcome = {
  total: number;
  created: number;
  updated: number;
  errors: { row: number; error: string }[];
};

const AT_ONCE = 2_000;

export async function importInto(
  act: Act,
  kind: "people" | "organizations",
  lines: readonly Told[],
  source: string,
): Promise<Outcome> {
  const read = lines.map((one) =>
    "error" in one
      ? one
      : { row: one.row, wish: kind === "people" ? personOf(one.line) : organizationOf(one.line) },
  );
  const errors = read.flatMap((one) => {
    if ("error" in one) return [one];
    return one.wish === null
      ? [{ row: one.row, error: "says nobody: an id, a name, an address or a profile is needed" }]
      : [];
  });
  const wishes = read.flatMap((one) => ("wish" in one && one.wish !== null ? [one.wish] : []));
  const saved: Saved[] = [];
  for (let at = 0; at < wishes.length; at += AT_ONCE) {
    const batch = wishes.slice(at, at + AT_ONCE);
    saved.push(
      ...(kind === "people"
        ? await savePeople(act, source, batch)
        : await saveOrganizations(act, source, batch)),
    );
  }
  const created = new Set(saved.filter(({ outcome }) => outcome === "created").map(({ id }) => id)).size;
  const updated = new Set(saved.map(({ id }) => id)).size - created;
  await record(byCaller(act), {
    type: "people.imported",
    subject: { type: "team", id: act.caller.teamId },
    data: { kind, created, updated, skipped: errors.length },
  });
  return { total: lines.length, created, updated, errors };
}
