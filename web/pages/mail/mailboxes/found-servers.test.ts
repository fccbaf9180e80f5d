import assert from "node:assert/strict";
import { test } from "node:test";
import { foundSays, serverFields } from "./found-servers.ts";
import type { FoundServers } from "./queries.ts";

const smtp = { host: "smtp.norrland.no", port: 465, security: "tls" as const, username: "ines@norrland.no" };
const imap = { ...smtp, host: "imap.norrland.no", port: 993 };
const found = (rest: Partial<FoundServers>): FoundServers => ({
  email: "ines@norrland.no",
  found_by: "autoconfig",
  provider: null,
  sign_in: null,
  smtp,
  imap,
  notes: [],
  looked: [],
  ...rest,
});
const says = (rest: Partial<FoundServers>) => foundSays(found(rest), "norrland.no").join(" ");

test("what was found is said with where it was found", () => {
  assert.equal(says({}), "norrland.no names these servers: smtp.norrland.no, imap.norrland.no.");
  assert.equal(
    says({ imap: null }),
    "norrland.no names this server: smtp.norrland.no. No server for reading was found.",
  );
  assert.equal(
    says({ found_by: "provider", provider: "Fastmail", notes: ["app_password"] }),
    "Servers of Fastmail: smtp.norrland.no, imap.norrland.no. Use an app password instead of your usual one. Create it in the security settings of Fastmail.",
  );
  assert.match(says({ found_by: "names" }), /^Servers that answer for norrland\.no: /);
});

test("where nothing is found the next step is said, and a closed provider is named", () => {
  const none = { smtp: null, imap: null, found_by: null };
  assert.match(says(none), /^No mail servers found for norrland\.no\. Enter those/);
  assert.equal(
    says({ ...none, provider: "Proton", notes: ["no_access"] }),
    "Proton does not let other programs send or read its mailboxes.",
  );
});

test("the address is no user name of its own", () => {
  assert.equal(serverFields(smtp, "ines@norrland.no").username, "");
  assert.equal(serverFields({ ...smtp, username: "ines" }, "ines@norrland.no").username, "ines");
});
