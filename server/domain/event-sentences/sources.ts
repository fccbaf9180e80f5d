// Where people and companies are found.

import { jobName } from "../job-types.ts";
import { type Sentences, wordsOf } from "./sentence.ts";

export const sources = {
  "people.deleted": (who, data) =>
    `${who} took ${data.count} ${data.count === 1 ? "person" : "people"} out of the store`,
  "people.imported": (who, data) =>
    `${who} brought ${data.kind} into the store: ${data.created} new, ${data.updated} changed`,
  "people.import_undone": (who, data) =>
    `${who} took an import of ${data.kind} back: ${data.deleted} deleted, ${data.restored} as before`,
  "people.uninvented": (who, data) =>
    `${who} took ${data.people} invented people and ${data.organizations} invented companies out of the store`,
  "search.paid": (who, data) =>
    `${who} searched ${data.action === "news_search_page" ? "news" : "companies"} for ${data.credits} ${data.credits === 1 ? "credit" : "credits"}`,
  "provider.created": (who, data) => `${who} connected the provider ${data.name}`,
  "provider.changed": (who, data) => `${who} changed the provider ${data.name}`,
  "provider.ordered": (who) => `${who} changed the order of providers`,
  "provider.tested": (who, data) => `${who} tried a provider: ${data.outcome}`,
  "provider.deleted": (who, data) => `${who} disconnected the provider ${data.name}`,
  "provider.lookups_lost": (_who, data) =>
    `${data.count === 1 ? "A lookup was" : `${data.count} lookups were`} lost with a server that was killed while a provider was asked, which may have been paid`,
  "person.matched": (who, data) => `${who} looked up ${data.asked} people and found ${data.found}`,
  "person.job_changed": () => "Somebody was found to work elsewhere",
  "organization.enriched": (who, data) => `${who} looked up ${data.asked} companies and found ${data.found}`,
  "address.checked": (who, data) => `${who} had an address checked: ${data.code}`,
  "work.set_aside": (_who, data) =>
    `Part of the work (${wordsOf(data.loop).replaceAll("-", " ")}) fails and is put aside until ${data.until}: ${data.error}`,
  "job.started": (who, data) => `${who} started a job: ${jobName(String(data.job_type))} (${data.total})`,
  "job.done": (_who, data) => `${jobName(String(data.job_type))} is done (${data.total})`,
  "job.failed": (_who, data) =>
    `${jobName(String(data.job_type))} failed${data.error ? ` after ${data.done} of ${data.total}: ${data.error}` : ""}`,
  "job.seen": (who) => `${who} has seen that a job failed`,
  "job.cancelled": (who, data) => `${who} cancelled a job: ${jobName(String(data.job_type))} (${data.total})`,
} satisfies Sentences;
