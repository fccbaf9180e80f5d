// Why a URL that a user gave us is never called: for webhooks, the steps of workflows that call one, and servers that a team moves in from.

import { Refusal } from "../../../kernel/refusal.ts";
import { texts } from "../../../kernel/say.ts";
import type { UrlFault } from "../../../outgoing/door.ts";

export const WHY_NOT_CALLED: Record<UrlFault, string> = texts({
  not_a_url: "it is not a URL",
  not_http: "it does not start with http:// or https://",
  has_credentials: "it contains a user name or a password",
  bad_host: "its host is not a public host name",
  bad_port: "its port is reserved for another kind of server",
  private_address: "it points to a private address",
});

export function refuseFault(fault: UrlFault | null) {
  if (fault) throw new Refusal("webhook_url_refused", { why: WHY_NOT_CALLED[fault] });
}
