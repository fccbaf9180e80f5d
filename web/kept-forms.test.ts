// What is typed into a form outlives a reload, unless the form has a reason not to keep it.

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

const SECRET = "a password or a key is not written into the browser's storage";
const SHORT = "one line, or choices: typed again in a moment";
const SAVED_AT_ONCE = "kept by useKept in the form itself";

/** Forms that are lost with the page, and why. */
const NOT_KEPT: Record<string, string> = {
  "account/connected-apps/ApplicationForm.tsx": SHORT,
  "account/invitations/JoinForm.tsx": SECRET,
  "account/profile/LinkForm.tsx": SHORT,
  "account/profile/PasswordForm.tsx": SECRET,
  "account/profile/ProfilePage.tsx": SHORT,
  "account/sessions/SignInPage.tsx": SECRET,
  "account/setup/OwnerForm.tsx": SECRET,
  "contacts/views/ViewDialog.tsx": SHORT,
  "insight/home/GoalDialog.tsx": SHORT,
  "mail/catcher/CaughtDialog.tsx": "an answer in the test inbox, which is a tool for trying things out",
  "mail/mailbox-sign-in/ClientForm.tsx": SECRET,
  "mail/mailboxes/ConnectDialog.tsx": SECRET,
  "mail/mailboxes/DkimDialog.tsx": SECRET,
  "mail/mailboxes/PasswordDialog.tsx": SECRET,
  "mail/mailboxes/PlacementDialog.tsx": SHORT,
  "mail/tracking-domains/AddDomainDialog.tsx": SHORT,
  "settings/api-keys/ChangeCallsDialog.tsx": SHORT,
  "settings/api-keys/KeyForm.tsx": SHORT,
  "settings/data/ProviderDialog.tsx": SECRET,
  "settings/data/ProviderForm.tsx": SECRET,
  "settings/data/VerificationSection.tsx": SECRET,
  "settings/language-model/Connection.tsx": SECRET,
  "settings/moving/StartForm.tsx": SECRET,
  "settings/people/InviteForm.tsx": SHORT,
  "settings/sql-logins/LoginForm.tsx": SHORT,
  "settings/suppressions/BarForm.tsx": SHORT,
  "settings/team/HolidayRules.tsx": SHORT,
  "settings/usage/AllowanceDialog.tsx": SHORT,
  "work/calls/CallForm.tsx": SAVED_AT_ONCE,
  "work/tasks/NewTaskDialog.tsx": SAVED_AT_ONCE,
};

test("each form is kept, or says why it is not", () => {
  const forms = globSync("web/pages/**/*.tsx").filter((path) =>
    /\buseForm(?:<[^(]*>)?\(/.test(readFileSync(path, "utf8")),
  );
  const names = forms.map((path) => path.replace("web/pages/", "")).toSorted();
  assert.deepEqual(names, Object.keys(NOT_KEPT).toSorted());
});

test("no form that keeps its values asks for a secret", () => {
  const kept = globSync("web/pages/**/*.tsx").filter((path) =>
    readFileSync(path, "utf8").includes("useKeptForm("),
  );
  assert.ok(kept.length > 10);
  for (const path of kept)
    assert.doesNotMatch(
      readFileSync(path, "utf8"),
      /PasswordInput|type="password"|api_key|apiKey|privateKey|clientSecret/,
      path,
    );
});
