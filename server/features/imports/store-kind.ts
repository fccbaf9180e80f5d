// What rows about people and about companies of the store have in common: who is there already learns as much of a row as
// the policy lets them, and what a batch did can be taken back.

import type { Act } from "../../app.ts";
import type { Target } from "../../domain/import-columns.ts";
import { heededFacts, type SetEarlier } from "../../domain/import-policy.ts";
import type { Read, Values } from "../../domain/import-rows.ts";
import type { SaidRow } from "../../domain/import-store-rows.ts";
import type { Facts } from "../../domain/import-undo.ts";
import type { ImportJobType } from "../../domain/job-types.ts";
import { byCaller, record } from "../events/store.ts";
import type { Saved, Taking } from "../known-facts/heeding.ts";
import { lockWorld } from "../organizations/store.ts";
import { type Byproduct, noteByproducts } from "./byproducts-store.ts";
import type { Kind, Told, Traces, Work } from "./kinds.ts";
import { untouchedSince } from "./records-store.ts";
import { type Earlier, earlierRows, type Outcome } from "./rows-store.ts";
import { lastTouch, putAllBack } from "./traces.ts";

type Noun<Wish, Said extends SaidRow<Wish>> = {
  name: "people" | "organizations";
  jobType: ImportJobType;
  targets: readonly Target[];
  knownBy: readonly string[];
  read(values: Values): Read<Said>;
  save(act: Act, source: string, wishes: readonly Wish[], taking: Taking): Promise<Saved[]>;
  /** What rows tell besides, of the records they became; answers which rows of these did. */
  alongside?(act: Act, work: Work, rows: readonly { id: string; said: Said }[]): Promise<boolean[]>;
  used(act: Act, ids: readonly string[]): Promise<{ id: string; code: string | null }[]>;
  facts(act: Act, ids: readonly string[]): Promise<ReadonlyMap<string, Facts>>;
  restore(act: Act, rows: readonly { id: string; facts: Facts }[]): Promise<unknown>;
  remove(act: Act, ids: readonly string[]): Promise<unknown>;
};

export function kindOfStore<Wish, Said extends SaidRow<Wish> = SaidRow<Wish>>(
  noun: Noun<Wish, Said>,
): Kind<Said> {
  const { jobType, targets, knownBy, read } = noun;
  return {
    ...{ jobType, targets, knownBy, read, modality: null },
    take: (act, work, rows) => take(noun, act, work, rows),
    undo: (act, _, traces) => undo(noun, act, traces),
  };
}

async function take<Wish, Said extends SaidRow<Wish>>(
  noun: Noun<Wish, Said>,
  act: Act,
  { id: importId, options }: Work,
  rows: readonly Told<Said>[],
): Promise<Outcome[]> {
  const { db, caller } = act;
  const earlier = new Map<string, Earlier>();
  const companies: Saved[] = [];
  const heedBy = (setEarlier: (id: string) => SetEarlier): Taking["heed"] => {
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
  const count = (verdict: Outcome["verdict"]) => outcomes.filter((one) => one.verdict === verdict).length;
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

/** Of whoever was there, only where anything of theirs may change. */
async function withMore<Wish, Said extends SaidRow<Wish>>(
  noun: Noun<Wish, Said>,
  act: Act,
  work: Work,
  rows: readonly Told<Said>[],
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

function setBy(earlier: Earlier | undefined): SetEarlier {
  if (earlier?.wasMade) return "all";
  return new Set((earlier?.differences ?? []).flatMap((one) => Object.keys(one?.after ?? {})));
}

const UNCHANGED = { never: "already_there", fill: "nothing_to_fill", replace: "same_already" } as const;

/** What came of a record is told with its first row; the others say which that was. */
function outcomesOf<Wish>(
  rows: readonly Told<SaidRow<Wish>>[],
  saved: readonly Saved[],
  earlier: ReadonlyMap<string, Earlier>,
  policy: keyof typeof UNCHANGED,
): Outcome[] {
  const firstRows = new Map<string, number>();
  return rows.map(({ row, said: { leftOut } }, at): Outcome => {
    const { id, outcome, difference } = saved[at] as Saved;
    const isFirstHere = !firstRows.has(id);
    const first = firstRows.get(id) ?? earlier.get(id)?.firstRow ?? row;
    firstRows.set(id, first);
    const verdict = isFirstHere || outcome === "unchanged" ? outcome : "updated";
    const unchanged = verdict === "unchanged" ? UNCHANGED[policy] : null;
    return {
      ...{ row, verdict, recordId: id, enrollment: null, enrollmentCode: null },
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
  const back: { id: string; facts: Facts }[] = [];
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
