// Who is in the team, and what acts for them.

import { codeWords } from "../../../kernel/code-words.ts";
import { say, texts } from "../../../kernel/say.ts";
import { keptSays, RETENTION_WORDS, type RetentionKind } from "../../contacts/retention.ts";
import { goalWords } from "../goals.ts";
import type { Sentences } from "./sentence.ts";

const ENDINGS: Record<string, string> = texts({
  code_reused: "its code was used twice",
  refresh_token_reused: "a refresh token was used a second time, which can mean that it was stolen",
  revoked_by_application: "the application revoked its own access",
});

export const team = {
  "team.created": (who, data) => say("{who} created the team {name}", { who, name: data.name }),
  "sending.confirmed": (who) => say("{who} confirmed that this installation may send email", { who }),
  "backup.requested": (who) => say("{who} started a backup", { who }),
  "team_move.started": (who, data) =>
    data.phase === "undo"
      ? say("{who} started to undo the move from {source}", { who, source: data.source })
      : data.phase === "look"
        ? say("{who} started to read {source}, to see what would be moved", { who, source: data.source })
        : say("{who} started to move the team in from {source}", { who, source: data.source }),
  "team.changed": (who) => say("{who} changed the team's settings", { who }),
  "processing_record.changed": (who) => say("{who} changed the record of processing", { who }),
  "data_retention.changed": (who, data) =>
    say("{who} changed how long data is kept: {rules}", { who, rules: rulesSaid(data.rules) }),
  "data_retention.applied": (_who, data) =>
    say("Cadenza deleted what was older than {keep_days} days: {kind} ({count})", {
      keep_days: data.keep_days,
      kind: keptWord(data.kind),
      count: data.count,
    }),
  "user.invited": (who, data) =>
    data.purpose === "reset"
      ? say("{who} created a password link for {email}", { who, email: data.email })
      : say("{who} invited {email}", { who, email: data.email }),
  "user.joined": (who) => say("{who} joined the team", { who }),
  "user.changed": (who, data) =>
    say("{who} changed {name}", { who, name: data.name === who ? say("their own profile") : data.name }),
  "user.deactivated": (who, data) => say("{who} deactivated {name}", { who, name: data.name }),
  "user.reactivated": (who, data) => say("{who} reactivated {name}", { who, name: data.name }),
  "session.started": (who) => say("{who} signed in", { who }),
  "session.ended": (who) => say("{who} signed out", { who }),
  "session.refused": (_who, _data, whom) => say("A sign-in as {whom} failed: wrong password", { whom }),
  "password.changed": (who) => say("{who} changed the password", { who }),
  "api_key.created": (who, data) => say("{who} created the API key {name}", { who, name: data.name }),
  "api_key.changed": (who, data) =>
    say("{who} changed the calls of the API key {name}", { who, name: data.name }),
  "api_key.rotated": (who, data) =>
    say("{who} gave the API key {name} a new secret", { who, name: data.name }),
  "api_key.revoked": (who, data) => say("{who} revoked the API key {name}", { who, name: data.name }),
  "application.created": (who, data) => say("{who} added the application {name}", { who, name: data.name }),
  "application.revoked": (who, data) =>
    say("{who} revoked the application {name} for the whole team", { who, name: data.name }),
  "application.authorized": (who, data) =>
    say("{who} allowed the application {name} to act on their behalf", { who, name: data.name }),
  "application.denied": (who, data) =>
    say("{who} denied access to the application {name}", { who, name: data.name }),
  "application.disconnected": (who, data) =>
    say("{who} disconnected the application {name}", { who, name: data.name }),
  "application.ended": (who, data) =>
    say("The application {name} can no longer act for {who}: {because}", {
      name: data.name,
      who,
      because: ENDINGS[String(data.because)],
    }),
  "subteam.created": (who, data) => say("{who} created the group {name}", { who, name: data.name }),
  "subteam.updated": (who, data) => say("{who} changed the group {name}", { who, name: data.name }),
  "subteam.deleted": (who, data) => say("{who} deleted the group {name}", { who, name: data.name }),
  "sql_login.created": (who) => say("{who} created a database login (SQL) for the reporting views", { who }),
  "sql_login.revoked": (who) => say("{who} revoked a database login (SQL)", { who }),
  "sql_login.stopped": (_who, data) =>
    data.why === "took_a_lock"
      ? say("A session of a database login was ended, because it took a lock that would have stopped email")
      : say("A session of a database login was ended, because a transaction ran for more than five minutes"),
  "view.created": (who, data) => say("{who} saved the view {name}", { who, name: data.name }),
  "view.changed": (who, data) => say("{who} changed the view {name}", { who, name: data.name }),
  "view.deleted": (who, data) => say("{who} deleted the view {name}", { who, name: data.name }),
  "goal.set": (who, data, whom) =>
    say("{who} set the goal of {whom} to {target} {metric}", {
      who,
      whom,
      target: data.target,
      metric: goalWords(data.metric, data.period),
    }),
  "goal.deleted": (who, data, whom) =>
    say("{who} deleted the goal of {whom}: {target} {metric}", {
      who,
      whom,
      target: data.target,
      metric: goalWords(data.metric, data.period),
    }),
  "verification.changed": (who) => say("{who} changed how addresses are verified", { who }),
  "credits.allowance_changed": (who, data) =>
    data.limit === null
      ? say("{who} removed the limit of {kind}", { who, kind: codeWords(data.kind) })
      : say("{who} limited {kind} to {limit} per cycle", {
          who,
          kind: codeWords(data.kind),
          limit: data.limit,
        }),
  "credits.allowance_passed": (_, data) =>
    say("A slow lookup exceeded the allowance: it used {spent} of {kind}, but {balance} were left", {
      spent: data.spent,
      kind: codeWords(data.kind),
      balance: data.balance,
    }),
} satisfies Sentences;

type KeptRule = { kind: RetentionKind; keep_days: number | null };

const keptWord = (kind: unknown) => RETENTION_WORDS[kind as RetentionKind] ?? say("data");

function rulesSaid(rules: unknown) {
  return (rules as KeptRule[]).map(({ kind, keep_days: days }) => keptSays(kind, days)).join(", ");
}
