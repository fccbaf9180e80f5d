// Scenarios of brakes, as the engine sets them.

import type { GateCode } from "../../domain/gate/gate.ts";
import type { StandingMail } from "./mails.ts";
import type { Scenario } from "./scenario.ts";

const FIGURES = { sent: 80, count: 9, percent: 11.25, threshold: 10, days: 7, before: null };

function brake(scope: string, subjectOf: (mail: StandingMail) => string, level: string): Scenario {
  return {
    unanswered: true, // the engine sets it
    kinds: ["sequence"], // what a user sends is held by no brake, nor a copy of what was sent
    stop: (mail) =>
      mail.sql(
        `insert into brakes (team_id, id, scope, subject_id, level, cause, figures, since)
         values ($1, new_ident(), $2, $3, $4, 'bounces', $5, now())`,
        [mail.team.id, scope, subjectOf(mail), level, JSON.stringify(FIGURES)],
      ),
    tidy: ({ sql, team }) => sql("delete from brakes where team_id = $1", [team.id]),
  };
}

export const OF_BRAKES = {
  "brake:mailbox": brake("mailbox", ({ mailboxId }) => mailboxId, "paused"),
  "brake:sequence": brake("sequence", ({ sequenceId }) => sequenceId, "first_steps"),
  "brake:team": brake("team", ({ team }) => team.id, "paused"),
} satisfies Partial<Record<GateCode, Scenario>>;
