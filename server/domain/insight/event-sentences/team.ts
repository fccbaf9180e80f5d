// Who is in the team, and what acts for them.

import { keptSays, RETENTION_WORDS, type RetentionKind } from "../../contacts/retention.ts";
import { goalWords } from "../goals.ts";
import type { Sentences } from "./sentence.ts";

const ENDINGS: Record<string, string> = {
  code_reused: "its code was used twice",
  refresh_token_reused: "a refresh token was used a second time, which can mean that it was stolen",
  revoked_by_application: "the application revoked its own access",
};

export const team = {
  "team.created": (who, data) => `${who} created the team ${data.name}`,
  "sending.confirmed": (who) => `${who} confirmed that this installation may send email`,
  "backup.requested": (who) => `${who} started a backup`,
  "team_move.started": (who, data) =>
    data.phase === "undo"
      ? `${who} started to undo the move from ${data.source}`
      : data.phase === "look"
        ? `${who} started to read ${data.source}, to see what would be moved`
        : `${who} started to move the team in from ${data.source}`,
  "team.changed": (who) => `${who} changed the team's settings`,
  "processing_record.changed": (who) => `${who} changed the record of processing`,
  "data_retention.changed": (who, data) => `${who} changed how long data is kept: ${rulesSaid(data.rules)}`,
  "data_retention.applied": (_who, data) =>
    `Cadenza deleted what was older than ${data.keep_days} days: ${keptWord(data.kind)} (${data.count})`,
  "user.invited": (who, data) =>
    `${who} ${data.purpose === "reset" ? "created a password link for" : "invited"} ${data.email}`,
  "user.joined": (who) => `${who} joined the team`,
  "user.changed": (who, data) => `${who} changed ${data.name === who ? "their own profile" : data.name}`,
  "user.deactivated": (who, data) => `${who} deactivated ${data.name}`,
  "user.reactivated": (who, data) => `${who} reactivated ${data.name}`,
  "session.started": (who) => `${who} signed in`,
  "session.ended": (who) => `${who} signed out`,
  "session.refused": (_who, _data, whom) => `A sign-in as ${whom} failed: wrong password`,
  "password.changed": (who) => `${who} changed the password`,
  "api_key.created": (who, data) => `${who} created the API key ${data.name}`,
  "api_key.rotated": (who, data) => `${who} gave the API key ${data.name} a new secret`,
  "api_key.revoked": (who, data) => `${who} revoked the API key ${data.name}`,
  "application.created": (who, data) => `${who} added the application ${data.name}`,
  "application.revoked": (who, data) => `${who} revoked the application ${data.name} for the whole team`,
  "application.authorized": (who, data) =>
    `${who} allowed the application ${data.name} to act on their behalf`,
  "application.denied": (who, data) => `${who} denied access to the application ${data.name}`,
  "application.disconnected": (who, data) => `${who} disconnected the application ${data.name}`,
  "application.ended": (who, data) =>
    `The application ${data.name} can no longer act for ${who}: ${ENDINGS[String(data.because)]}`,
  "subteam.created": (who, data) => `${who} created the group ${data.name}`,
  "subteam.updated": (who, data) => `${who} changed the group ${data.name}`,
  "subteam.deleted": (who, data) => `${who} deleted the group ${data.name}`,
  "sql_login.created": (who) => `${who} created a database login (SQL) for the reporting views`,
  "sql_login.revoked": (who) => `${who} revoked a database login (SQL)`,
  "sql_login.stopped": (_who, data) =>
    data.why === "took_a_lock"
      ? "A session of a database login was ended, because it took a lock that would have stopped email"
      : "A session of a database login was ended, because a transaction ran for more than five minutes",
  "view.created": (who, data) => `${who} saved the view ${data.name}`,
  "view.changed": (who, data) => `${who} changed the view ${data.name}`,
  "view.deleted": (who, data) => `${who} deleted the view ${data.name}`,
  "goal.set": (who, data, whom) =>
    `${who} set the goal of ${whom} to ${data.target} ${goalWords(data.metric, data.period)}`,
  "goal.deleted": (who, data, whom) =>
    `${who} deleted the goal of ${whom}: ${data.target} ${goalWords(data.metric, data.period)}`,
  "verification.changed": (who) => `${who} changed how addresses are verified`,
  "credits.allowance_changed": (who, data) =>
    data.limit === null
      ? `${who} removed the limit of ${data.kind}`
      : `${who} limited ${data.kind} to ${data.limit} per cycle`,
  "credits.allowance_passed": (_, data) =>
    `A slow lookup exceeded the allowance: it used ${data.spent} of ${data.kind}, but ${data.balance} were left`,
} satisfies Sentences;

type KeptRule = { kind: RetentionKind; keep_days: number | null };

const keptWord = (kind: unknown) => RETENTION_WORDS[kind as RetentionKind] ?? "data";

function rulesSaid(rules: unknown) {
  return (rules as KeptRule[]).map(({ kind, keep_days: days }) => keptSays(kind, days)).join(", ");
}
