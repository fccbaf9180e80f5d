import { figure } from "../../parts/figures.ts";
import type { Provider } from "./queries.ts";

export function sayState({ enabled, paused_until }: Provider, now: Date) {
  if (!enabled) return "Switched off";
  if (paused_until && new Date(paused_until) > now) return "Left in peace for now";
  return "Is asked";
}

export function sayFound({ asked, hits, credits }: Provider["last_30_days"]) {
  if (asked === 0) return "not asked";
  const share = Math.round((100 * hits) / asked);
  return `${figure(hits)} of ${figure(asked)} found (${share} %), ${figure(credits)} credits`;
}

export const EXAMPLE_MAPPING = `{
  "key": { "in": "header", "name": "X-Api-Key" },
  "person": {
    "method": "POST",
    "url": "https://api.example.com/people",
    "body": { "email": "{{email}}", "name": "{{name}}", "company": "{{domain}}" },
    "result": { "email": "data.email", "first_name": "data.first", "last_name": "data.last" }
  }
}`;
