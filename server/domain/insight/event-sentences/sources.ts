// Where people and companies are found.

import { jobName } from "../../basics/job-types.ts";
import { type Sentences, spacedWords } from "./sentence.ts";

export const sources = {
  "people.deleted": (who, data) =>
    `${who} deleted ${data.count} ${data.count === 1 ? "person" : "people"} from the people database`,
  "people.imported": (who, data) =>
    `${who} imported ${data.kind} into the people database: ${data.created} new, ${data.updated} updated`,
  "people.import_undone": (who, data) =>
    `${who} undid an import of ${data.kind}: ${data.deleted} deleted, ${data.restored} restored`,
  "people.uninvented": (who, data) =>
    `${who} deleted ${data.people} sample people and ${data.organizations} sample companies from the people database`,
  "search.paid": (who, data) =>
    `${who} searched ${data.action === "news_search_page" ? "news" : "companies"} for ${data.credits} ${data.credits === 1 ? "credit" : "credits"}`,
  "provider.created": (who, data) => `${who} connected the provider ${data.name}`,
  "provider.changed": (who, data) => `${who} changed the provider ${data.name}`,
  "provider.ordered": (who) => `${who} changed the order of providers`,
  "provider.tested": (who, data) => `${who} tested a provider: ${data.outcome}`,
  "provider.deleted": (who, data) => `${who} disconnected the provider ${data.name}`,
  "provider.lookups_lost": (_who, data) =>
    `${data.count === 1 ? "A lookup was" : `${data.count} lookups were`} lost because the server was stopped while it asked a provider. Credits may have been spent`,
  "person.matched": (who, data) => `${who} looked up ${data.asked} people and found ${data.found}`,
  "person.job_changed": () => "A person changed jobs",
  "organization.enriched": (who, data) => `${who} looked up ${data.asked} companies and found ${data.found}`,
  "address.checked": (who, data) => `${who} verified an email address: ${data.code}`,
  "work.set_aside": (_who, data) =>
    `A background task (${spacedWords(data.loop).replaceAll("-", " ")}) failed and is skipped for now. It is retried at ${data.until}: ${data.error}`,
  "job.started": (who, data) => `${who} started a job: ${jobName(String(data.job_type))} (${data.total})`,
  "job.done": (_who, data) => `${jobName(String(data.job_type))} is done (${data.total})`,
  "job.failed": (_who, data) =>
    `${jobName(String(data.job_type))} failed${data.error ? ` after ${data.done} of ${data.total}: ${data.error}` : ""}`,
  "job.seen": (who) => `${who} marked a failed job as seen`,
  "job.cancelled": (who, data) => `${who} canceled a job: ${jobName(String(data.job_type))} (${data.total})`,
} satisfies Sentences;
