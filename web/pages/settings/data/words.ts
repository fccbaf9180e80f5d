import { t } from "../../../language/t.ts";
import type { Provider } from "./queries.ts";

export function sayState({ enabled, paused_until }: Provider, now: Date) {
  if (!enabled) return t("Off");
  if (paused_until && new Date(paused_until) > now) return t("Paused for now");
  return t("On");
}

export function sayFound({ asked, hits, credits }: Provider["last_30_days"]) {
  if (asked === 0) return t("Not used");
  const share = Math.round((100 * hits) / asked);
  return t("{hits, number} of {asked, number} found ({share} %), {credits, number} credits", {
    hits,
    asked,
    share,
    credits,
  });
}

// texts: not translated, it is JSON
export const EXAMPLE_MAPPING = `{
  "key": { "in": "header", "name": "X-Api-Key" },
  "person": {
    "method": "POST",
    "url": "https://api.example.com/people",
    "body": { "email": "{{email}}", "name": "{{name}}", "company": "{{domain}}" },
    "result": { "email": "data.email", "first_name": "data.first", "last_name": "data.last" }
  }
}`;
