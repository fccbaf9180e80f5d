import { marksCrossed } from "../../../domain/contacts/prospect-score.ts";
import type { Happening } from "../../events/events/store.ts";
import type { Rescored } from "./store.ts";

/** One event for each threshold that a contact's score passed. */
export function crossingsOf(
  marks: readonly number[],
  rescored: readonly (Omit<Rescored, "was"> & { was: number | null })[],
): Happening[] {
  return rescored.flatMap(({ id, was, score }) =>
    marksCrossed(marks, was ?? 0, score).map(
      ({ mark, direction }): Happening => ({
        type: "contact.score_crossed",
        subject: { type: "contact", id },
        data: { mark, direction, from: was, to: score },
      }),
    ),
  );
}
