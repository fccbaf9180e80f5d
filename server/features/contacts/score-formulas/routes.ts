import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { route } from "../../../http/route.ts";
import { readFormula } from "../scoring/formula.ts";
import { type FormulaWish, ownFieldsOf, previewFormula, replaceFormula, resetFormula } from "./commands.ts";
import { presentFields, presentFormula, presentScorePreview, presentWritten } from "./present.ts";

export const routes = [
  route(contract.scoreFormula.show, async (act) => ({
    score_formula: presentFormula(await readFormula(act.db, act.caller.teamId)),
    fields: presentFields(await ownFieldsOf(act)),
  })),

  route(contract.scoreFormula.replace, async ({ input, ...act }) =>
    presentWritten(await replaceFormula(act, wishOf(input))),
  ),

  route(contract.scoreFormula.reset, async (act) => presentWritten(await resetFormula(act))),

  route(contract.scoreFormula.preview, async ({ input, ...act }) =>
    presentScorePreview(await previewFormula(act, wishOf(input), input.contact_ids ?? [])),
  ),
];

function wishOf({
  signals,
  out_of,
  marks,
}: z.output<typeof contract.scoreFormula.replace.input>): FormulaWish {
  return {
    signals: signals.map(({ field, custom_field_id, operator, value, weight, name }) => ({
      field,
      operator,
      weight,
      customFieldId: custom_field_id ?? null,
      value: value ?? null,
      name: name ?? null,
    })),
    outOf: out_of ?? null,
    marks: marks ?? null,
  };
}
