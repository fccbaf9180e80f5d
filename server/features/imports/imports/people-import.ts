// What rows about people and about companies of the store have in common: who is there already learns as much of a row as
// the policy lets them, and what a batch did can be taken back.

import type { Act } from "../../../app.ts";
import type { ImportJobType } from "../../../domain/basics/job-types.ts";
import type { ImportField } from "../../../domain/imports/import-columns.ts";
import { heededFacts, type SetEarlier } from "../../../domain/imports/import-policy.ts";
import type { SaidRow } from "../../../domain/imports/import-store-rows.ts";
import type { FieldSnapshot } from "../../../domain/imports/import-undo.ts";
import type { Saved, Taking } from "../../contacts/known-facts/merge-policy.ts";
import { lockWorld } from "../../contacts/organizations/store.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { type Byproduct, noteByproducts } from "../../prospecting/import-rows/byproducts-store.ts";
import { untouchedSince } from "../../prospecting/import-rows/records-store.ts";
import {
  type EarlierRow,
  earlierRows,
  type ImportRowOutcome,
} from "../../prospecting/import-rows/rows-store.ts";
import type { ImportDefinition, ImportInProgress, ParsedRow, Traces } from "./kinds.ts";
import { lastTouch, putAllBack } from "./traces.ts";

type Noun<Wish, Said extends SaidRow<Wish>> = {
  name: "people" | "organizations";
  jobType: ImportJobType;
  targets: readonly ImportField[];
  knownBy: readonly string[];
  save(act: Act, source: string, wishes: readonly Wish[], taking: Taking): Promise<Saved[]>;
  /** Saves what rows say beyond the record itself; answers which rows changed something by it. */
  alongside?(
    act: Act,
    work: ImportInProgress,
    rows: readonly { id: string; said: Said }[],
  ): Promise<boolean[]>;
  used(act: Act, ids: readonly string[]): Promise<{ id: string; code: string | null }[]>;
  facts(act: Act, ids: readonly string[]): Promise<ReadonlyMap<string, FieldSnapshot>>;
  restore(act: Act, rows: readonly { id: string; facts: FieldSnapshot }[]): Promise<unknown>;
  remove(act: Act, ids: readonly string[]): Promise<unknown>;
};

export function kindOfStore<Wish, Said extends SaidRow<Wish> = SaidRow<Wish>>(
  noun: Noun<Wish, Said>,
): ImportDefinition<Said> {
  const { jobType, targets, knownBy } = noun;
  return {
    jobType,
    targets,
    knownBy,
    modality: null,
    take: (act, work, rows) => take(noun, act, work, rows),
    undo: (act, _, traces) => undo(noun, act, traces),
  };
}

async function take<Wish, Said extends SaidRow<Wish>>(
  noun: Noun<Wish, Said>,
  act: Act,
  { id: importId, options }: ImportInProgress,
  rows: readonly ParsedRow<Said>[],
): Promise<ImportRowOutcome[]> {
  const { db, caller } = act;
  const earlier = new Map<string, EarlierRow>();
  const companies: Saved[] = [];
  type Heed = Taking["heed"]; // words: allowed
  const heedBy = (setEarlier: (id: string) => SetEarlier): Heed => {
    return async (known) =>
      known.map(({ id, said, facts }) => heededFacts(said, options.overwrite, facts, setEarlier(id)));
  };
  const taking: Taking = {
    async heed(known) {
      const ids = known.map(({ id }) => id);
      for (const one of ids.length > 0 ? await earlierRows(db, caller.teamId, importId, ids) : [])
        earlier.set(one.recordId, one);
      return heedBy((id) => setBy(earlier.get(id)))(known);
    },
    ofCompanies: { heed: heedBy(() => NOTHING_SET), note: (saved) => companies.push(...saved) },
  };
  const wishes = rows.map(({ said }) => said.wish);
  const told = await noun.save(act, options.source, wishes, taking);
  await noteByproducts(db, caller.teamId, importId, companies.flatMap(byproductOf), act.now);
  const saved = await withMore(noun, act, { id: importId, options }, rows, told);
  const outcomes = outcomesOf(rows, saved, earlier, options.overwrite);
  const count = (verdict: ImportRowOutcome["verdict"]) =>
    outcomes.filter((one) => one.verdict === verdict).length;
  await record(byCaller(act), {
    type: "people.imported",
    subject: { type: "team", id: caller.teamId },
    data: {
      kind: noun.name,
      import_id: importId,
      created: count("created"),
      updated: count("updated"),
      unchanged: count("unchanged"),
    },
  });
  return outcomes;
}

function byproductOf({ id, outcome, difference }: Saved): Byproduct[] {
  if (outcome === "unchanged") return [];
  const differences = difference ? [difference] : [];
  return [{ kind: "organization", recordId: id, wasMade: outcome === "created", differences }];
}

/** Existing records count only where the policy lets the file change them. */
async function withMore<Wish, Said extends SaidRow<Wish>>(
  noun: Noun<Wish, Said>,
  act: Act,
  work: ImportInProgress,
  rows: readonly ParsedRow<Said>[],
  saved: readonly Saved[],
): Promise<Saved[]> {
  const heard = rows.flatMap(({ said }, at) => {
    const { id, outcome } = saved[at] as Saved;
    return outcome === "created" || work.options.overwrite !== "never" ? [{ at, id, said }] : [];
  });
  const more = (await noun.alongside?.(act, work, heard)) ?? [];
  const hasMore = new Set(heard.flatMap(({ at }, n) => (more[n] ? [at] : [])));
  return saved.map((one, at) =>
    one.outcome === "unchanged" && hasMore.has(at) ? { ...one, outcome: "updated" } : one,
  );
}

const NOTHING_SET: SetEarlier = new Set<string>();

function setBy(earlier: EarlierRow | undefined): SetEarlier {
  if (earlier?.wasMade) return "all";
  return new Set((earlier?.differences ?? []).flatMap((one) => Object.keys(one?.after ?? {})));
}

const UNCHANGED = { never: "already_there", fill: "nothing_to_fill", replace: "same_already" } as const;

/** What came of a record is told with its first row; the others say which that was. */
function outcomesOf<Wish>(
  rows: readonly ParsedRow<SaidRow<Wish>>[],
  saved: readonly Saved[],
  earlier: ReadonlyMap<string, EarlierRow>,
  policy: keyof typeof UNCHANGED,
): ImportRowOutcome[] {
  const firstRows = new Map<string, number>();
  return rows.map(({ row, said: { leftOut } }, at): ImportRowOutcome => {
    const { id, outcome, difference } = saved[at] as Saved;
    const isFirstHere = !firstRows.has(id);
    const first = firstRows.get(id) ?? earlier.get(id)?.firstRow ?? row;
    firstRows.set(id, first);
    const verdict = isFirstHere || outcome === "unchanged" ? outcome : "updated";
    const unchanged = verdict === "unchanged" ? UNCHANGED[policy] : null;
    return {
      row,
      verdict,
      recordId: id,
      enrollment: null,
      enrollmentCode: null,
      code: first === row ? unchanged : "same_as_earlier_row",
      sameAs: first === row ? null : first,
      difference: isFirstHere ? (difference ?? null) : null,
      leftOut: Object.keys(leftOut).length > 0 ? leftOut : null,
    };
  });
}

async function undo<Wish, Said extends SaidRow<Wish>>(
  noun: Noun<Wish, Said>,
  act: Act,
  traces: readonly Traces[],
) {
  const { db, caller } = act;
  await lockWorld(db, caller.teamId);
  const ids = traces.map(({ recordId }) => recordId);
  const touched = traces.map((trace) => ({ id: trace.recordId, at: lastTouch(trace) }));
  const [used, facts, untouched] = await Promise.all([
    noun.used(act, ids),
    noun.facts(act, ids),
    untouchedSince(db, caller.teamId, noun.name, touched),
  ]);
  const usedBy = new Map(used.map(({ id, code }) => [id, code]));
  const going: string[] = [];
  const back: { id: string; facts: FieldSnapshot }[] = [];
  const codes = traces.map((trace) => {
    const { recordId } = trace;
    const current = facts.get(recordId);
    if (!current) return { recordId, code: "gone_already" };
    if (trace.rows[0]?.verdict === "created") {
      const code = usedBy.get(recordId) ?? (untouched.has(recordId) ? "undone" : "changed_since");
      if (code === "undone") going.push(recordId);
      return { recordId, code };
    }
    const given = putAllBack(current, trace);
    if (given && Object.keys(given).length > 0) back.push({ id: recordId, facts: given });
    return { recordId, code: given ? "undone" : "changed_since" };
  });
  if (going.length > 0) await noun.remove(act, going);
  if (back.length > 0) await noun.restore(act, back);
  if (going.length + back.length > 0)
    await record(byCaller(act), {
      type: "people.import_undone",
      subject: { type: "team", id: caller.teamId },
      data: { kind: noun.name, deleted: going.length, restored: back.length },
    });
  return codes;
}
