// How many people are saved at once, and what became of them, in words.

import { t } from "../../../language/t.ts";
import type { Saved } from "./queries.ts";

export const MOST_SAVED = 5_000;

export function saySaved({ counts, credits: { charged }, left_out_person_ids }: Saved) {
  const { created, linked, saved_already } = counts;
  const known = saved_already + linked;
  const left = left_out_person_ids.length;
  const people = t("{created, plural, one {# contact} other {# contacts}} created", { created });
  const others = known > 0 ? t(", {known} already existed", { known }) : "";
  const cost =
    charged > 0 ? t(", {charged, plural, one {# credit} other {# credits}} used", { charged }) : "";
  const rest = left > 0 ? t(" {left} skipped.", { left }) : "";
  return `${people}${others}${cost}.${rest}`;
}
