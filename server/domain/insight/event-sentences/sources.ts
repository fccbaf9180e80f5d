// Where people and companies are found.

import { codeWords } from "../../../kernel/code-words.ts";
import { say } from "../../../kernel/say.ts";
import { clockSays } from "../../basics/clock-words.ts";
import { loopSays } from "../../basics/engine-loops.ts";
import { jobName } from "../../basics/job-types.ts";
import type { Sentences } from "./sentence.ts";

export const sources = {
  "people.deleted": (who, data) =>
    say("{who} deleted {count} {count, plural, one {person} other {people}} from the people database", {
      who,
      count: data.count,
    }),
  "people.imported": (who, data) =>
    say("{who} imported {kind} into the people database: {created} new, {updated} updated", {
      who,
      kind: codeWords(data.kind),
      created: data.created,
      updated: data.updated,
    }),
  "people.import_undone": (who, data) =>
    say("{who} undid an import of {kind}: {deleted} deleted, {restored} restored", {
      who,
      kind: codeWords(data.kind),
      deleted: data.deleted,
      restored: data.restored,
    }),
  "people.uninvented": (who, data) =>
    say(
      "{who} deleted {people} sample people and {organizations} sample companies from the people database",
      { who, people: data.people, organizations: data.organizations },
    ),
  "search.paid": (who, data) =>
    say(
      "{who} searched {action, select, news_search_page {news} other {companies}} for {credits} {credits, plural, one {credit} other {credits}}",
      { who, action: data.action, credits: data.credits },
    ),
  "provider.created": (who, data) => say("{who} connected the provider {name}", { who, name: data.name }),
  "provider.changed": (who, data) => say("{who} changed the provider {name}", { who, name: data.name }),
  "provider.ordered": (who) => say("{who} changed the order of providers", { who }),
  "provider.tested": (who, data) =>
    say("{who} tested a provider: {outcome}", { who, outcome: codeWords(data.outcome) }),
  "provider.deleted": (who, data) => say("{who} disconnected the provider {name}", { who, name: data.name }),
  "provider.lookups_lost": (_who, data) =>
    say(
      "{count, plural, one {A lookup was} other {{count} lookups were}} lost because the server was stopped while it asked a provider. Credits may have been spent",
      { count: data.count },
    ),
  "person.matched": (who, data) =>
    say("{who} looked up {asked} people and found {found}", { who, asked: data.asked, found: data.found }),
  "person.job_changed": () => say("A person changed jobs"),
  "organization.enriched": (who, data) =>
    say("{who} looked up {asked} companies and found {found}", { who, asked: data.asked, found: data.found }),
  "address.checked": (who, data) =>
    say("{who} verified an email address: {code}", { who, code: codeWords(data.code) }),
  "work.set_aside": (_who, data) =>
    say("A background task ({task}) failed and is skipped for now. It is retried at {until}: {error}", {
      task: loopSays(String(data.loop)),
      until: clockSays(Temporal.Instant.from(String(data.until)), "UTC"),
      error: data.error,
    }),
  "job.started": (who, data) =>
    say("{who} started a job: {job_type} ({total})", {
      who,
      job_type: jobName(String(data.job_type)),
      total: data.total,
    }),
  "job.done": (_who, data) =>
    say("{job_type} is done ({total})", { job_type: jobName(String(data.job_type)), total: data.total }),
  "job.failed": (_who, data) =>
    say("{job_type} failed{hasError, select, yes { after {done} of {total}: {error}} other {}}", {
      job_type: jobName(String(data.job_type)),
      done: data.done,
      total: data.total,
      error: data.error,
      hasError: data.error ? "yes" : "no",
    }),
  "job.seen": (who) => say("{who} marked a failed job as seen", { who }),
  "job.cancelled": (who, data) =>
    say("{who} canceled a job: {job_type} ({total})", {
      who,
      job_type: jobName(String(data.job_type)),
      total: data.total,
    }),
} satisfies Sentences;
