// Sequences with branches, drawn by lot, for tests that compare what is said about them with what the engine does.

import type { Chance } from "../sample/chance.ts";
import { MAIL_STEP, type StepWish } from "./sequenced.ts";

/** A tree drawn by lot, whose conditions ask what does not change: nothing is opened here, and all tasks are done. */
export function branchedSteps(chance: Chance) {
  const steps: StepWish[] = [
    { ...MAIL_STEP, ...waitOf(chance) },
    { type: "call", ...waitOf(chance) },
  ];
  const grow = (place: Pick<StepWish, "branch_position" | "branch_path">, depth: number, least: number) => {
    for (let n = chance.whole(least, 2); n > 0; n--) {
      if (depth < 3 && chance.happens(0.5 - depth * 0.1)) {
        const rules = [chance.pick(RULES), ...(chance.happens(0.4) ? [chance.pick(RULES)] : [])];
        const condition = {
          match: chance.pick(["all", "any"] as const),
          wait_days: chance.whole(0, 3),
          rules,
        };
        steps.push({ type: "branch", ...waitOf(chance), ...place, condition });
        const branch_position = steps.length;
        grow({ branch_position, branch_path: "yes" }, depth + 1, 0);
        grow({ branch_position, branch_path: "no" }, depth + 1, 1);
      } else if (chance.happens(0.25)) steps.push({ type: "call", ...waitOf(chance), ...place });
      else steps.push({ ...MAIL_STEP, ...waitOf(chance), ...place });
    }
  };
  for (let before = -1; before !== steps.length && !steps.some(({ type }) => type === "branch"); ) {
    before = steps.length;
    grow({}, 0, 2);
  }
  return steps;
}

const RULES = [
  { type: "contact" as const, filters: { has_phone_number: true } },
  { type: "contact" as const, not: true, filters: { q_title: "engineer" } },
  { type: "contact" as const, filters: { email_statuses: ["verified"] } },
  { type: "email_opened" as const },
  { type: "email_opened" as const, not: true, step_position: 1 },
  { type: "email_clicked" as const, step_position: 1 },
  { type: "task" as const, step_position: 2, outcomes: ["completed" as const] },
  { type: "task" as const, not: true, step_position: 2, outcomes: ["skipped" as const, "answered" as const] },
];

function waitOf(chance: Chance) {
  const mode = chance.pick(["minute", "hour", "day"] as const);
  return {
    wait_mode: mode,
    wait_time: { minute: chance.whole(0, 300), hour: chance.whole(0, 30), day: chance.whole(0, 3) }[mode],
  };
}
