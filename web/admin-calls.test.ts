// Every call that only admins may make, by the file of the app that makes it: a member meets none of them. A new file with such
// a call fails here until it says which component keeps it from members.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { endpoints } from "@cadenza/contract";

const WEB = import.meta.dirname;

/** The file or folder that calls, and the component that asks whether the user is an admin. */
const KEPT_BY: Record<string, string> = {
  "frame/sandbox-clock.ts": "frame/SandboxBar.tsx",
  "pages/account/connected-apps/": "pages/account/connected-apps/AppsPage.tsx",
  "pages/contacts/prospects/": "pages/contacts/prospects/NoProspects.tsx",
  "pages/mail/mailbox-sign-in/": "pages/mail/mailbox-sign-in/ClientsPage.tsx",
  "pages/mail/tracking-domains/": "pages/mail/tracking-domains/TrackingDomains.tsx",
  "pages/settings/api-keys/": "pages/settings/api-keys/KeyList.tsx",
  "pages/settings/audit-log/": "pages/settings/audit-log/HistoryList.tsx",
  "pages/settings/data/": "pages/settings/data/DataPage.tsx",
  "pages/settings/fields/": "pages/settings/fields/FieldDialog.tsx",
  "pages/settings/installation/ConfirmSending.tsx": "frame/Notices.tsx",
  "pages/settings/installation/queries.ts": "pages/settings/installation/InstallationPage.tsx",
  "pages/settings/language-model/": "pages/settings/language-model/ModelPage.tsx",
  "pages/settings/moving/": "pages/settings/moving/MovePage.tsx",
  "pages/settings/people/": "pages/settings/people/PersonDialog.tsx",
  "pages/settings/personal-data/": "pages/settings/personal-data/PersonalDataPage.tsx",
  "pages/settings/sandbox/": "pages/settings/sandbox/SandboxPage.tsx",
  "pages/settings/score/": "pages/settings/score/ScorePage.tsx",
  "pages/settings/sql-logins/": "pages/settings/sql-logins/SqlLogins.tsx",
  "pages/settings/stages/": "pages/settings/stages/StagesPage.tsx",
  "pages/settings/team/Brakes.tsx": "pages/settings/team/Brakes.tsx",
  "pages/settings/team/": "pages/settings/team/AdminsFields.tsx",
  "pages/settings/usage/": "pages/settings/usage/UsagePage.tsx",
  "pages/settings/verification/": "pages/settings/data/DataPage.tsx",
  "pages/settings/webhooks/": "pages/settings/webhooks/WebhookList.tsx",
};

const ASKS = /useIsAdmin\(\)|<AdminsOnly|user\.role === "admin"/;

const read = (file: string) => readFileSync(join(WEB, file), "utf8");

function callers() {
  const forAdmins = new Set(
    endpoints.filter(({ endpoint }) => endpoint.access === "admin").map(({ name }) => name),
  );
  const files = readdirSync(WEB, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.tsx?$/.test(name) && !/^(dist|journeys)|\.test\.ts$/.test(name),
  );
  return files.filter((file) =>
    [...read(file).matchAll(/\bapi\.(\w+\.\w+)/g)].some(([, name = ""]) => forAdmins.has(name)),
  );
}

test("every call that only admins may make is kept from members by a component that asks for the role", () => {
  const found = callers();
  assert.ok(found.length > 25, `${found.length} files were found`);
  const kept = Object.keys(KEPT_BY);
  assert.deepEqual(
    found.filter((file) => !kept.some((part) => file.startsWith(part))),
    [],
    "these call what only admins may",
  );
  assert.deepEqual(
    kept.filter((part) => !found.some((file) => file.startsWith(part))),
    [],
    "these call nothing of the kind",
  );
  for (const [part, component] of Object.entries(KEPT_BY)) assert.match(read(component), ASKS, part);
});
