// How promising a contact is: by which signals, and what others would come to.

import type { Input } from "@cadenza/sdk";
import { z } from "zod";
import { tool } from "../tool.ts";
import { only } from "../words.ts";

export const scoring = [
  tool({
    name: "score_formula",
    title: "Show or preview the score formula",
    description:
      "Shows the signals behind the score from 0 to 100 (prospect_score, which sets the sending order), and the available fields and operators. With `signals`, previews another formula without saving: contacts per range now and then, and the largest changes. Users replace the formula in the settings.",
    calls: ["scoreFormula.show", "scoreFormula.preview"],
    reads: true,
    input: {
      signals: z
        .array(
          z.object({
            field: z.string().max(40),
            operator: z.string().max(40),
            value: z
              .union([z.number(), z.string().max(200), z.array(z.string().max(200)).max(100)])
              .optional(),
            weight: z.number().int().min(-100).max(100),
            custom_field_id: z.string().max(24).optional(),
          }),
        )
        .max(25)
        .optional(),
    },
    async run(api, { signals }) {
      if (signals) return api.scoreFormula.preview({ signals } as Input<"scoreFormula", "preview">);
      const { score_formula, fields } = await api.scoreFormula.show();
      return {
        ...only(score_formula, ["signals", "out_of", "marks", "is_default"]),
        fields: fields.map((field) => only(field, ["field", "custom_field_id", "name", "operators"])),
      };
    },
  }),
];
