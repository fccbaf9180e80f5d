import type { Act } from "../../../app.ts";
import {
  DEFAULT_FORMULA,
  type Formula,
  fullPoints,
  prospectScore,
} from "../../../domain/contacts/prospect-score.ts";
import { fieldOf, type IdsOf } from "../../../domain/contacts/score-fields.ts";
import { type OwnFields, type SignalWish, signalsFrom } from "../../../domain/contacts/score-wish.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { holdNamed } from "../../access/uses/holding-store.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { startProgress } from "../../events/progress/commands.ts";
import { listAllFields } from "../custom-fields/store.ts";
import { readFormula } from "../scoring/formula.ts";
import * as store from "../scoring/formulas-store.ts";
import { countContacts, scoringOf, spreadUnder } from "../scoring/store.ts";

export type FormulaWish = {
  signals: readonly SignalWish[];
  outOf: number | null;
  marks: readonly number[] | null;
};

/** A preview reads only this many of the newest contacts, to be quick. */
const LOOKED_AT = 10_000;

export async function replaceFormula(act: Act, wish: FormulaWish) {
  const { db, now, caller } = act;
  await holdNamed(db, caller.teamId, wish);
  const formula = await formulaFrom(act, wish);
  const version = newId();
  await store.writeFormula(db, caller.teamId, { ...formula, version, changedBy: caller.userId }, now);
  await record(byCaller(act), {
    type: "score_formula.changed",
    subject: { type: "score_formula", id: version },
    data: { signals: formula.signals.length, out_of: formula.outOf, marks: formula.marks },
  });
  return rescoreAll(act);
}

export async function resetFormula(act: Act) {
  const { db, caller } = act;
  await store.deleteFormula(db, caller.teamId);
  const subject = { type: "score_formula", id: caller.teamId } as const;
  await record(byCaller(act), { type: "score_formula.reset", subject });
  return rescoreAll(act);
}

/** All scores are out of date, so every contact is scored again, page by page. */
async function rescoreAll(act: Act) {
  const { db, caller } = act;
  const formula = await readFormula(db, caller.teamId);
  const total = await countContacts(db, caller.teamId);
  if (total === 0) return { formula, jobId: null };
  const params = { version: formula.version };
  const job = await startProgress(act, { jobType: "contact_scoring", entityIds: [], total, params });
  return { formula, jobId: job.id };
}

export async function previewFormula(act: Act, wish: FormulaWish, contactIds: readonly string[]) {
  const { db, caller } = act;
  const formula = await formulaFrom(act, wish);
  const spread = await spreadUnder(db, caller.teamId, formula, LOOKED_AT);
  const ids = [...new Set([...contactIds, ...spread.movers.map(({ id }) => id)])];
  const tried = await scoringOf(db, caller.teamId, ids, formula);
  const named = await store.findScored(db, caller.teamId, ids);
  const contacts = named.flatMap((one) => {
    const scoring = tried.get(one.id);
    return scoring ? [{ ...one, ...prospectScore(formula, scoring) }] : [];
  });
  if (contactIds.some((id) => !named.some((one) => one.id === id))) throw new Refusal("record_not_found");
  return { formula, spread, contacts };
}

export async function ownFieldsOf({ db, caller }: Pick<Act, "db" | "caller">) {
  const fields = await listAllFields(db, caller.teamId);
  return fields.filter(({ modality }) => modality !== "opportunity");
}

async function formulaFrom(act: Act, wish: FormulaWish): Promise<Formula> {
  const fields = await ownFieldsOf(act);
  const own: OwnFields = new Map(
    fields.map(({ id, modality, type }) => [
      id,
      { of: modality === "contact" ? ("contact_field" as const) : ("account_field" as const), type },
    ]),
  );
  const signals = signalsFrom(wish.signals, own);
  if ("why" in signals) throw new Refusal("score_signal_wrong", signals);
  await checkIds(act, wish.signals);
  const marks = [...new Set(wish.marks ?? DEFAULT_FORMULA.marks)].sort((a, b) => a - b);
  return { signals, outOf: wish.outOf ?? fullPoints(signals), marks };
}

/** A list or a stage that does not exist would score no contact, without any sign why. */
async function checkIds({ db, caller }: Act, signals: readonly SignalWish[]) {
  const wanted: { kind: IdsOf; id: string; position: number }[] = signals.flatMap(({ field, value }, i) => {
    const kind = fieldOf(field).ids;
    return kind && Array.isArray(value)
      ? value.map((id: string) => ({ kind, id: id.toLowerCase(), position: i + 1 }))
      : [];
  });
  const unknown = wanted.length > 0 ? await store.firstUnknownInFormula(db, caller.teamId, wanted) : null;
  if (unknown)
    throw new Refusal("score_signal_wrong", {
      position: unknown.position,
      why: say("uses {id}, which does not exist", { id: unknown.id }),
    });
}
