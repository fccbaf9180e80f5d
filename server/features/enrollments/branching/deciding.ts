// Which path of a branch contacts take: every rule is asked of all of them at once.

import type { Db } from "../../../db/connect.ts";
import { BURST } from "../../../domain/sending/engagement.ts";
import { type BranchCondition, type BranchRule, holds } from "../../../domain/sequences/branch-condition.ts";
import { contactsFitting } from "../../contacts/contact-search/fitting.ts";
import * as store from "./store.ts";

type AtBranch = { enrollmentId: string; contactId: string };

/** `held`: of each rule, whether what it asks about is so now. */
type BranchVerdict = { holds: boolean; held: boolean[] };

type Asked = {
  db: Db;
  teamId: string;
  now: Temporal.Instant;
  ownerId: string;
  /** For a look ahead: tasks that are not done yet are supposed to be completed. */
  supposesDone?: boolean;
};

/** By enrollment. Filters find what the owner of the sequence would find. */
export async function verdictsOf(
  asked: Asked,
  condition: BranchCondition,
  people: readonly AtBranch[],
): Promise<Map<string, BranchVerdict>> {
  const met = await Promise.all(condition.rules.map((rule) => whoMeets(asked, rule, people)));
  return new Map(
    people.map(({ enrollmentId }) => {
      const held = met.map((ids) => ids.has(enrollmentId));
      return [enrollmentId, { held, holds: holds(condition, held) }];
    }),
  );
}

/** The enrollments of which it is so, whether or not the rule is turned round. */
async function whoMeets(
  { db, teamId, now, ownerId, supposesDone = false }: Asked,
  rule: BranchRule,
  people: readonly AtBranch[],
): Promise<ReadonlySet<string>> {
  const ids = people.map(({ enrollmentId }) => enrollmentId);
  switch (rule.type) {
    case "contact": {
      const fitting = await contactsFitting(
        db,
        teamId,
        ownerId,
        rule.filters,
        people.map(({ contactId }) => contactId),
      );
      return new Set(people.flatMap((one) => (fitting.has(one.contactId) ? [one.enrollmentId] : [])));
    }
    case "email_opened":
    case "email_clicked": {
      const type = rule.type === "email_opened" ? "open" : "click";
      return idsOf(store.engaged(db, teamId, ids, { type, stepId: rule.stepId, until: settledUntil(now) }));
    }
    case "replied":
      return idsOf(store.answered(db, teamId, ids, rule.classes));
    case "task":
      return idsOf(store.withOutcome(db, teamId, ids, { ...rule, supposesDone }));
  }
}

async function idsOf(rows: Promise<{ id: string }[]>) {
  return new Set((await rows).map(({ id }) => id));
}

/** What was opened or clicked just now may turn out to be a machine's, by what it does next. */
function settledUntil(now: Temporal.Instant) {
  return now.subtract({ seconds: BURST.seconds });
}
