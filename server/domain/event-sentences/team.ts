// Who is in the team, and what acts for them.

import type { Sentences } from "./sentence.ts";

const ENDINGS: Record<string, string> = {
  code_reused: "its code was used twice",
  refresh_token_reused:
    "a token that had been exchanged already was used again, as somebody who stole it would",
  revoked_by_application: "it gave its access back",
};

export const team = {
  "team.created": (who, data) => `${who} opened the team ${data.name}`,
  "sending.confirmed": (who) => `${who} confirmed that mail may be sent from here`,
  "team.changed": (who) => `${who} changed the team's settings`,
  "user.invited": (who, data) =>
    `${who} ${data.purpose === "reset" ? "made a password link for" : "invited"} ${data.email}`,
  "user.joined": (who) => `${who} joined the team`,
  "user.changed": (who, data) => `${who} changed ${data.name === who ? "their own profile" : data.name}`,
  "user.deactivated": (who, data) => `${who} deactivated ${data.name}`,
  "user.reactivated": (who, data) => `${who} reactivated ${data.name}`,
  "session.started": (who) => `${who} signed in`,
  "session.ended": (who) => `${who} signed out`,
  "session.refused": (_who, _data, whom) => `Somebody tried to sign in as ${whom} with a wrong password`,
  "password.changed": (who) => `${who} chose a new password`,
  "api_key.created": (who, data) => `${who} made the API key ${data.name}`,
  "api_key.rotated": (who, data) => `${who} gave the API key ${data.name} a new secret`,
  "api_key.revoked": (who, data) => `${who} revoked the API key ${data.name}`,
  "application.created": (who, data) => `${who} added the application ${data.name}`,
  "application.revoked": (who, data) => `${who} ended the application ${data.name} for the whole team`,
  "application.authorized": (who, data) => `${who} let the application ${data.name} act for them`,
  "application.denied": (who, data) => `${who} did not let the application ${data.name} in`,
  "application.disconnected": (who, data) => `${who} disconnected the application ${data.name}`,
  "application.ended": (who, data) =>
    `The application ${data.name} acts no more for ${who}: ${ENDINGS[String(data.because)]}`,
  "subteam.created": (who, data) => `${who} made the group ${data.name}`,
  "subteam.updated": (who, data) => `${who} changed the group ${data.name}`,
  "subteam.deleted": (who, data) => `${who} ended the group ${data.name}`,
  "sql_login.created": (who) => `${who} made a login to the database, which reads the reporting views`,
  "sql_login.revoked": (who) => `${who} ended a login to the database`,
  "sql_login.stopped": (_who, data) =>
    data.why === "took_a_lock"
      ? "A session of a database login was ended because it took a lock, which would have held up mail"
      : "A session of a database login was ended because one transaction ran for more than five minutes",
  "view.created": (who, data) => `${who} saved the view ${data.name}`,
  "view.changed": (who, data) => `${who} changed the view ${data.name}`,
  "view.deleted": (who, data) => `${who} deleted the view ${data.name}`,
  "verification.changed": (who) => `${who} changed how addresses are verified`,
  "credits.allowance_changed": (who, data) =>
    data.limit === null
      ? `${who} took the limit of ${data.kind} away`
      : `${who} limited ${data.kind} to ${data.limit} in a cycle`,
  "credits.allowance_passed": (_, data) =>
    `A lookup that took very long had been paid: ${data.spent} of ${data.kind} were spent where ${data.balance} were left`,
} satisfies Sentences;
