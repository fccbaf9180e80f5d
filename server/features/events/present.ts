import { stored } from "../../moments.ts";
import type { EventRow, EventType } from "./store.ts";

export function presentAuditEntry(event: EventRow) {
  return {
    id: event.id,
    at: stored(event.occurredAt),
    type: event.type,
    sentence: sentenceOf(event),
    actor: {
      user_id: event.userId,
      name: event.userName,
      api_key_id: event.apiKeyId,
      application:
        event.applicationId === null ? null : { id: event.applicationId, name: event.applicationName },
      cause: event.cause,
      address: event.address,
    },
    subject: { type: event.subjectType, id: event.subjectId },
    data: event.data,
    request_id: event.requestId,
  };
}

/** As the feed and the webhooks tell it. */
export function presentEvent(event: EventRow) {
  return {
    id: event.id,
    type: event.type,
    occurred_at: stored(event.occurredAt),
    actor: { user_id: event.userId, api_key_id: event.apiKeyId, cause: event.cause },
    subject: { type: event.subjectType, id: event.subjectId },
    data: event.data,
  };
}

/** What became of whoever it was about. */
const WITHDRAWN: readonly unknown[] = ["moved", "finished", "failed", "removed"];

const ENDINGS: Record<string, string> = {
  code_reused: "its code was used twice",
  refresh_token_reused:
    "a token that had been exchanged already was used again, as somebody who stole it would",
  revoked_by_application: "it gave its access back",
};

const SENTENCES: Record<EventType, (who: string, data: Record<string, unknown>, whom: string) => string> = {
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
  "contact.created": (who, _data, whom) => `${who} made the contact ${whom}`,
  "contact.updated": (who, _data, whom) => `${who} changed the contact ${whom}`,
  "contact.deleted": (who) => `${who} deleted a contact`,
  "contact.merged": (who, _data, whom) => `${who} merged other contacts into ${whom}`,
  "contact.score_crossed": (_who, data, whom) =>
    `The score of ${whom} ${data.direction === "up" ? "came to" : "fell below"} ${data.mark}: it is ${data.to}`,
  "contact.stage_changed": (who, _data, whom) => `${who} moved ${whom} to another stage`,
  "contact.unsubscribed": (who, data, whom) =>
    data.source === "complaint"
      ? `${whom} reported a mail as spam`
      : data.source === "unsubscribe"
        ? `${whom} unsubscribed`
        : `${who} noted that ${whom} unsubscribed`,
  "contact.resubscribed": (_who, _data, whom) => `${whom} took back that they unsubscribed`,
  "contact.paused": (who, data, whom) =>
    data.source === "link"
      ? `${whom} asked not to be written to until ${dayOf(data.until)}`
      : data.source === "address"
        ? `${whom} has an address that is not to be written to until ${dayOf(data.until)}`
        : `${who} noted that ${whom} is not to be written to until ${dayOf(data.until)}`,
  "contact.unpaused": (who, data, whom) =>
    data.source === "link" ? `${whom} took back their pause` : `${who} lifted the pause of ${whom}`,
  "contact.referred": (_who, _data, whom) => `${whom} named somebody else to write to`,
  "label.created": (who, data) => `${who} made the list ${data.name}`,
  "label.updated": (who, data) => `${who} changed the list ${data.name}`,
  "label.deleted": (who, data) => `${who} deleted the list ${data.name}`,
  "label.records_added": (who, data) => `${who} put ${data.count} ${data.modality} on the list ${data.name}`,
  "label.records_removed": (who, data) =>
    `${who} took ${data.count} ${data.modality} off the list ${data.name}`,
  "stage.created": (who, data) => `${who} added the stage ${data.name}`,
  "stage.updated": (who, data) => `${who} changed the stage ${data.name}`,
  "stage.deleted": (who, data) => `${who} deleted the stage ${data.name}`,
  "field.created": (who, data) => `${who} added the field ${data.name}`,
  "field.updated": (who, data) => `${who} changed the field ${data.name}`,
  "field.deleted": (who, data) => `${who} deleted the field ${data.name}`,
  "subteam.created": (who, data) => `${who} made the group ${data.name}`,
  "subteam.updated": (who, data) => `${who} changed the group ${data.name}`,
  "subteam.deleted": (who, data) => `${who} ended the group ${data.name}`,
  "account.created": (who) => `${who} made a company`,
  "account.updated": (who) => `${who} changed a company`,
  "account.stage_changed": (who) => `${who} moved a company to another stage`,
  "account.merged": (who) => `${who} merged accounts into this one`,
  "account.deleted": (who) => `${who} deleted a company`,
  "sequence.created": (who, data) => `${who} made the sequence ${data.name}`,
  "sequence.changed": (who, data) => `${who} changed the sequence ${data.name}`,
  "sequence.approved": (who, data) => `${who} turned on the sequence ${data.name}`,
  "sequence.aborted": (who, data) => `${who} turned off the sequence ${data.name}`,
  "sequence.archived": (who, data) => `${who} archived the sequence ${data.name}`,
  "sequence.test_sent": (who, data) => `${who} sent a test mail of a sequence to ${data.to}`,
  "sequence.starred": (who, data) => `${who} starred the sequence ${data.name}`,
  "sequence.unstarred": (who, data) => `${who} took the star off the sequence ${data.name}`,
  "template.created": (who, data) => `${who} wrote the template ${data.name}`,
  "template.changed": (who, data) => `${who} changed the template ${data.name}`,
  "template.archived": (who, data) => `${who} archived the template ${data.name}`,
  "template.starred": (who, data) => `${who} starred the template ${data.name}`,
  "template.unstarred": (who, data) => `${who} took the star off the template ${data.name}`,
  "schedule.created": (who, data) => `${who} made the schedule ${data.name}`,
  "schedule.changed": (who, data) => `${who} changed the schedule ${data.name}`,
  "schedule.deleted": (who, data) => `${who} deleted the schedule ${data.name}`,
  "ruleset.created": (who, data) => `${who} made the ruleset ${data.name}`,
  "ruleset.changed": (who, data) => `${who} changed the ruleset ${data.name}`,
  "ruleset.deleted": (who, data) => `${who} deleted the ruleset ${data.name}`,
  "folder.created": (who, data) => `${who} made the folder ${data.name}`,
  "folder.changed": (who, data) => `${who} changed the folder ${data.name}`,
  "sql_login.created": (who) => `${who} made a login to the database, which reads the reporting views`,
  "sql_login.revoked": (who) => `${who} ended a login to the database`,
  "copilot.created": (who, data) => `${who} made the copilot ${data.name}`,
  "copilot.changed": (who, data) => `${who} changed the copilot ${data.name}`,
  "copilot.deleted": (who, data) => `${who} deleted the copilot ${data.name}`,
  "copilot.proposed": (_who, data) => `The copilot ${data.name} proposed ${data.count} for ${data.day}`,
  "copilot.edited": (who, data) => `${who} changed whom the copilot ${data.name} proposed`,
  "copilot.approved": (who, data) => `${who} approved ${data.count} whom the copilot ${data.name} proposed`,
  "copilot.rejected": (who, data) => `${who} rejected ${data.count} whom the copilot ${data.name} proposed`,
  "score_formula.changed": (who, data) => `${who} replaced the score's formula: ${data.signals} signals`,
  "score_formula.reset": (who) => `${who} went back to the score's first formula`,
  "report_schedule.created": (who) => `${who} had a report sent at set times`,
  "report_schedule.changed": (who) => `${who} changed when a report is sent`,
  "report_schedule.deleted": (who) => `${who} no longer has a report sent`,
  "report.made": (who) => `A report that ${who} scheduled was made`,
  "report.sent": () => "A scheduled report was sent",
  "report.failed": () => "A scheduled report could not be sent",
  "forecast.made": (who, data) => `${who} looked ${data.days} days ahead`,
  "promise.made": (who, data) => `${who} asked when ${data.people} would begin`,
  "view.created": (who, data) => `${who} saved the view ${data.name}`,
  "view.changed": (who, data) => `${who} changed the view ${data.name}`,
  "view.deleted": (who, data) => `${who} deleted the view ${data.name}`,
  "folder.deleted": (who, data) => `${who} deleted the folder ${data.name}`,
  "enrollment.added": (who) => `${who} added a contact to a sequence`,
  "enrollment.skipped": (who, data) => `${who} could not add a contact to a sequence: ${data.code}`,
  "enrollment.paused": (who, data) => `${who} paused a contact in a sequence: ${data.reason}`,
  "enrollment.resumed": (who) => `${who} resumed a contact in a sequence`,
  "enrollment.finished": (who, data) => `${who} finished a contact in a sequence: ${data.reason}`,
  "enrollment.failed": (who, data) => `${who} failed a contact in a sequence: ${data.reason}`,
  "enrollment.removed": (who) => `${who} removed a contact from a sequence`,
  "enrollment.moved": (who) => `${who} moved a contact within a sequence`,
  "change.undone": (who, data) => `${who} took back what was done to ${data.undone} contacts in sequences`,
  "message.drafted": (who) => `${who} wrote a mail`,
  "message.changed": (who) => `${who} changed a mail`,
  "message.resolved": (who, data) =>
    data.as === "sent" ? `${who} decided that a mail was sent` : `${who} had a mail sent again`,
  "message.deleted": (who) => `${who} deleted a mail`,
  "attachment.created": (who, data) => `${who} uploaded a file of ${data.size} bytes`,
  "message.scheduled": () => "A mail was planned",
  "message.sent": () => "A mail was sent",
  "message.delayed": (_, data) => `A mail has to wait (${data.code ?? "no reason kept"})`,
  "message.limit_overridden": (who, data) =>
    `${who} had a mail sent beyond the limit of ${data.limit} in ${data.days} days`,
  "message.failed": (_, data) => `A mail was not sent (${data.code ?? "no reason kept"})`,
  "message.unconfirmed": () => "A mail server took a mail, or did not: nobody can know yet",
  "message.replied": () => "A contact replied",
  "message.opened": () => "A contact opened a mail",
  "message.clicked": () => "A contact followed a link in a mail",
  "message.bounced": (_who, data) =>
    data.bounce_type === "soft"
      ? "A mail could not be delivered, three times over"
      : "A mail bounced for good",
  "message.spam_blocked": () => "A mail was blocked as spam",
  "incoming_mail.overruled": (who, data) =>
    `${who} said that an incoming mail is ${wordsOf(data.kind)}, not ${wordsOf(data.was)}`,
  "incoming_mail.suggestion_dropped": (who) =>
    `${who} dropped what a language model took an incoming mail for`,
  "incoming_mail.handled": (who) => `${who} has seen to an incoming mail`,
  "incoming_mail.reopened": (who) => `${who} put an incoming mail back into the inbox`,
  "message.unsubscribed": (_who, data) =>
    data.scope === "sequence"
      ? "A contact wants no more mails of a sequence"
      : "A contact answered a mail by unsubscribing",
  "call.logged": (who) => `${who} logged a call`,
  "call.updated": (who) => `${who} changed a logged call`,
  "note.created": (who) => `${who} wrote a note`,
  "note.updated": (who) => `${who} changed a note`,
  "note.deleted": (who) => `${who} deleted a note`,
  "task.created": (who, data) => `${who} created a task: ${wordsOf(data.type)}`,
  "task.updated": (who, data) => `${who} changed a task: ${wordsOf(data.type)}`,
  "task.completed": (who, data) => `${who} completed a task: ${wordsOf(data.type)}`,
  "task.reopened": (who, data) => `${who} opened a task again: ${wordsOf(data.type)}`,
  "task.skipped": (who, data) =>
    WITHDRAWN.includes(data.reason)
      ? `A task is no longer to be done: ${wordsOf(data.type)}`
      : data.reason === "not_done_in_time"
        ? `A task was left undone for too long, and skipped: ${wordsOf(data.type)}`
        : `${who} skipped a task: ${wordsOf(data.type)}`,
  "deal.created": (who, data) => `${who} created the deal ${data.name}`,
  "deal.updated": (who, data) => `${who} changed the deal ${data.name}`,
  "deal.stage_changed": (who, data) => `${who} moved the deal ${data.name} to another stage`,
  "deal.deleted": (who, data) => `${who} deleted the deal ${data.name}`,
  "catcher.answered": (who) => `${who} answered a caught mail in somebody's name`,
  "catcher.emptied": (who) => `${who} forgot all caught mails`,
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
  "copilot.opener_decided": (who, data) =>
    `${who} decided on an opener of the copilot ${data.name}: ${data.decision}`,
  "language_model.changed": (who, data) => `${who} set the language model ${data.model}`,
  "language_model.deleted": (who, data) => `${who} disconnected the language model ${data.model}`,
  "language_model.tested": (who, data) => `${who} tried the language model: ${data.outcome}`,
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
  "verification.changed": (who) => `${who} changed how addresses are verified`,
  "address.checked": (who, data) => `${who} had an address checked: ${data.code}`,
  "credits.allowance_changed": (who, data) =>
    data.limit === null
      ? `${who} took the limit of ${data.kind} away`
      : `${who} limited ${data.kind} to ${data.limit} in a cycle`,
  "credits.allowance_passed": (_, data) =>
    `A lookup that took very long had been paid: ${data.spent} of ${data.kind} were spent where ${data.balance} were left`,
  "suppression.created": (who, data) => `${who} barred ${data.value ?? "an address"}`,
  "suppression.deleted": (who, data) => `${who} lifted the bar on ${data.value ?? "an address"}`,
  "suppression.imported": (who, data) => `${who} barred ${data.created} addresses from a list`,
  "email_account.connected": (who, data) => `${who} connected the mailbox ${data.email}`,
  "email_account.changed": (who, data) => {
    if (data.dkim === "set") return `${who} set the key that mails from ${data.domain} are signed with`;
    if (data.dkim === "removed")
      return `${who} took away the key that mails from ${data.domain} were signed with`;
    return `${who} changed the mailbox ${data.email}`;
  },
  "email_account.checked": (who, data) => `${who} looked up what the DNS says of ${data.domain}`,
  "email_account.tested": (who, data) => `${who} tried the mailbox ${data.email}`,
  "email_account.disconnected": (who, data) =>
    data.code === undefined
      ? `${who} disconnected the mailbox ${data.email}`
      : `The mailbox ${data.email} was switched off, because its provider no longer lets us in`,
  "email_account.limited": (_who, data) =>
    data.until
      ? "A mailbox has sent as much as it may"
      : `Mail of the mailbox ${data.email} is taken for spam`,
  "job.started": (who, data) =>
    `${who} asked for ${String(data.job_type).replaceAll("_", " ")}, ${data.total} in all`,
  "job.done": (_who, data) => `The ${data.job_type} of ${data.total} is done`,
  "job.failed": (_who, data) => `The ${data.job_type} of ${data.total} failed`,
  "job.cancelled": (who, data) => `${who} cancelled the ${data.job_type} of ${data.total}`,
  "webhook.created": (who) => `${who} subscribed a webhook`,
  "webhook.changed": (who) => `${who} changed a webhook`,
  "webhook.deleted": (who) => `${who} deleted a webhook`,
  "webhook.secret_rotated": (who) => `${who} gave a webhook a new secret`,
  "webhook.switched_off": () => "A webhook was switched off, because its receiver said that it is gone",
  "webhook.tested": (who) => `${who} tested a webhook`,
  "workflow.created": (who, data) => `${who} made the workflow ${data.name}`,
  "workflow.changed": (who, data) => `${who} changed the workflow ${data.name}`,
  "workflow.deleted": (who, data) => `${who} deleted the workflow ${data.name}`,
  "workflow.activated": (who, data) => `${who} switched the workflow ${data.name} on`,
  "workflow.deactivated": (who, data) =>
    data.reason === undefined
      ? `${who} switched the workflow ${data.name} off`
      : `The workflow ${data.name} was switched off, because whose it is has left the team`,
  "workflow.archived": (who, data) => `${who} archived the workflow ${data.name}`,
  "workflow.unarchived": (who, data) => `${who} took the workflow ${data.name} out of the archive`,
  "workflow.secrets_rotated": (who, data) => `${who} gave the workflow ${data.name} new secrets`,
  "workflow.run_started": (who, data) =>
    data.cause === "manual"
      ? `${who} ran the workflow ${data.name}`
      : `The workflow ${data.name} began a run`,
  "workflow.run_cancelled": (who, data) => `${who} stopped a run of the workflow ${data.name}`,
  "workflow.run_finished": (_who, data) => `A run of the workflow ${data.name} is through`,
  "workflow.run_failed": (_who, data) => `A run of the workflow ${data.name} failed`,
  "workflow.candidate_rerun": (who, data) => `${who} had the workflow ${data.name} take somebody once more`,
  "workflow.candidate_failed": (_who, data) =>
    `The workflow ${data.name} could not do all it was to do for ${data.count} (${data.code ?? "no reason kept"})`,
  "workflow.loop_stopped": (_who, data) =>
    `The workflow ${data.name} was stopped: workflows had led to one another in a circle`,
  "workflow.notified": (_who, data) => `The workflow ${data.name} told ${data.count} people`,
  "workflow.notice_read": (who) => `${who} read what a workflow had to tell`,
  "workflow.webhook_refused": (_who, data) => `What came for the workflow ${data.name} named nobody`,
  "webhook.replayed": (who) => `${who} had events delivered to a webhook again`,
};

/** All there is, for those who choose. */
export const eventTypes = Object.keys(SENTENCES) as EventType[];

type Told = Pick<EventRow, "type" | "userName" | "cause" | "apiKeyId" | "data"> &
  Partial<Pick<EventRow, "subjectName" | "applicationName">>;

/** By what caused it, where nobody of the team did. */
const WHO_ELSE: Record<string, string> = {
  start: "Cadenza",
  clock: "Cadenza",
  workflow: "Cadenza",
  mail: "Cadenza",
  visitor: "A recipient",
};

export function sentenceOf(event: Told) {
  const nobody = event.apiKeyId ? "A key" : (WHO_ELSE[event.cause] ?? "The operator");
  const name = event.userName ?? nobody;
  const who = event.applicationName ? `${name}, by ${event.applicationName},` : name;
  return SENTENCES[event.type](who, event.data, event.subjectName ?? "somebody");
}

/** Kept as it goes over the wire. */
function dayOf(at: unknown) {
  return String(at).slice(0, 10);
}

function wordsOf(type: unknown) {
  return String(type).replaceAll("_", " ");
}
