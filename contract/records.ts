// The records that have a name of their own, in openapi.json and in the SDK. Each is written out once there, and calls
// refer to it. A record that says more than another one is composed of that one and the rest.

import { z } from "zod";
import {
  account,
  accountBeside,
  accountCrumb,
  changedAccount,
  createdAccount,
  shownAccount,
} from "./apollo/account.ts";
import {
  accountAttributes,
  changeRow as accountToChange,
  bulkRow as accountToCreate,
} from "./apollo/accounts.ts";
import {
  contact,
  contactAccount,
  contactBeside,
  contactCampaignStatus,
  contactEmail,
  contactOrganization,
  foundContact,
  jobChange,
  phoneNumber,
} from "./apollo/contact.ts";
import {
  attributes,
  changes,
  changeRow as contactToChange,
  bulkRow as contactToCreate,
} from "./apollo/contact-attributes.ts";
import { contactFilters, crumb, fieldFilter } from "./apollo/contact-filters.ts";
import { createdContact, updatedContact, wholeContact } from "./apollo/contacts.ts";
import { conversation, listedConversation, participant } from "./apollo/conversation.ts";
import { field, typedCustomField } from "./apollo/custom-fields.ts";
import { check, emailAccount, server } from "./apollo/email-accounts.ts";
import { emailerMessage, messageEvent } from "./apollo/emailer-message.ts";
import { enrichedOrganization } from "./apollo/enriched.ts";
import { change, counted, countedStep, managed, statuses } from "./apollo/enrollments.ts";
import { joined, joinedSequence, joiningStarted, reason } from "./apollo/joined.ts";
import { label } from "./apollo/labels.ts";
import { employment, foundPerson, person } from "./apollo/mixed-people.ts";
import { note } from "./apollo/notes.ts";
import { opportunity, opportunityShown, opportunityStage, pipeline } from "./apollo/opportunity.ts";
import { contactRole, roleInput, roleType } from "./apollo/opportunity-roles.ts";
import { fundingEvent, organization, technology } from "./apollo/organization.ts";
import { matched } from "./apollo/people-enrichment.ts";
import { amounts, companySearch, moments, personSearch } from "./apollo/person-filters.ts";
import { phoneCall } from "./apollo/phone-calls.ts";
import { schedule } from "./apollo/schedules.ts";
import { sequence, sharingAccess } from "./apollo/sequence.ts";
import { settings } from "./apollo/sequences.ts";
import { accountStage, contactStage } from "./apollo/stages.ts";
import { newStepInList, STEP_TYPES, step, stepInList } from "./apollo/steps.ts";
import { REPORT_DIMENSIONS, REPORT_METRICS } from "./apollo/sync-report.ts";
import { task, taskListed, taskShown, taskType } from "./apollo/task.ts";
import { count } from "./apollo/task-search.ts";
import { deleted, single } from "./apollo/tasks.ts";
import { template } from "./apollo/templates.ts";
import { mailInput, touch } from "./apollo/touches.ts";
import { credits, period } from "./apollo/usage-stats.ts";
import { user } from "./apollo/users.ts";
import { session } from "./extras/access.ts";
import { apiKey } from "./extras/api-keys.ts";
import { attachment } from "./extras/attachments.ts";
import { auditEntry } from "./extras/audit-log.ts";
import { brake, brakeRule, simulatedBrake } from "./extras/brakes.ts";
import { conversationLine, conversationParticipant, conversationWish } from "./extras/conversations.ts";
import { copilot, proposal } from "./extras/copilots.ts";
import { allowance } from "./extras/credits.ts";
import { retentionRule } from "./extras/data-retention.ts";
import { earlierVersion } from "./extras/earlier-version.ts";
import { enrollment } from "./extras/enrollments.ts";
import { event } from "./extras/events.ts";
import { hold, next } from "./extras/explain.ts";
import { folder } from "./extras/folders.ts";
import { forecast } from "./extras/forecasts.ts";
import { goal } from "./extras/goals.ts";
import { holiday } from "./extras/holidays.ts";
import { importRecord, importRow } from "./extras/import-records.ts";
import { incomingMail } from "./extras/incoming-mails.ts";
import { backupRun } from "./extras/installation.ts";
import { classSuggestion, opener } from "./extras/model-suggestions.ts";
import { oauthApplication } from "./extras/oauth.ts";
import { processingRecord } from "./extras/processing-record.ts";
import { asStarted, entityProgressJob } from "./extras/progress.ts";
import { promise } from "./extras/promises.ts";
import { provider, providerCall, providerMapping } from "./extras/providers.ts";
import { pushSubscription } from "./extras/push-subscriptions.ts";
import { reportRun, reportSchedule } from "./extras/report-schedules.ts";
import { ruleInputs, ruleset, stageMapping } from "./extras/rulesets.ts";
import { clock, fault, prospect } from "./extras/sandbox.ts";
import { formula, field as scoredField } from "./extras/score-formula.ts";
import { fileChange } from "./extras/sequence-files.ts";
import { sqlLogin } from "./extras/sql-logins.ts";
import { subteam } from "./extras/subteams.ts";
import { suppression } from "./extras/suppressions.ts";
import { team } from "./extras/teams.ts";
import { timelineEntry } from "./extras/timelines.ts";
import { touchLimit } from "./extras/touch-limits.ts";
import { view } from "./extras/views.ts";
import { webhookDelivery, webhookSubscription } from "./extras/webhooks.ts";
import { trigger, warning, workflow } from "./extras/workflow.ts";
import { joinTerms, workflowAction } from "./extras/workflow-actions.ts";
import { notice } from "./extras/workflow-notices.ts";
import { workflowCandidate, workflowRun } from "./extras/workflow-runs.ts";
import * as fields from "./fields.ts";

/** What answers show. */
export const records = {
  Account: account,
  AccountOfContact: contactAccount,
  AccountStage: accountStage,
  AccountSummary: accountBeside,
  AccountWithOrganization: shownAccount,
  Allowance: allowance,
  ApiKey: apiKey,
  Attachment: attachment,
  AuditEntry: auditEntry,
  BackupRun: backupRun,
  Brake: brake,
  BrakeRule: brakeRule,
  Call: phoneCall,
  Change: change,
  ChangedAccount: changedAccount,
  ClassSuggestion: classSuggestion,
  Contact: contact,
  Conversation: conversation,
  ConversationListed: listedConversation,
  ConversationParticipant: participant,
  ContactEmail: contactEmail,
  ContactStage: contactStage,
  ContactSummary: contactBeside,
  Copilot: copilot,
  CountOrLoading: counted,
  CreatedAccount: createdAccount,
  CreatedContact: createdContact,
  CreditUsage: credits,
  Deal: opportunity,
  DealPipeline: pipeline,
  DealRole: contactRole,
  DealRoleType: roleType,
  DealStage: opportunityStage,
  DealWithNames: opportunityShown,
  Deleted: deleted,
  EarlierVersion: earlierVersion,
  Employment: employment,
  Enrollment: enrollment,
  EnrollmentCounts: statuses,
  EnrollmentOfContact: contactCampaignStatus,
  EnrollmentsChanged: managed,
  Event: event,
  Facet: count,
  Field: field,
  FileChange: fileChange,
  Folder: folder,
  Forecast: forecast,
  FoundContact: foundContact,
  FoundPerson: foundPerson,
  FundingEvent: fundingEvent,
  Hold: hold,
  Goal: goal,
  Holiday: holiday,
  Import: importRecord,
  ImportRow: importRow,
  IncomingMail: incomingMail,
  Job: entityProgressJob,
  JobChange: jobChange,
  Joined: joined,
  JoinedSequence: joinedSequence,
  JoiningPromise: promise,
  JoiningStarted: joiningStarted,
  Label: label,
  MailServer: server,
  Mailbox: emailAccount,
  MailboxCheck: check,
  EnrichedOrganization: enrichedOrganization,
  MatchedPerson: matched,
  Message: emailerMessage,
  MessageEvent: messageEvent,
  NamedRecord: fields.named,
  NextStep: next,
  Note: note,
  OauthApplication: oauthApplication,
  Opener: opener,
  Organization: organization,
  OrganizationOfContact: contactOrganization,
  Pagination: fields.pagination,
  PaginationWithCursor: fields.paginationOn,
  Person: person,
  PhoneNumber: phoneNumber,
  Proposal: proposal,
  Provider: provider,
  PushSubscription: pushSubscription,
  Reason: reason,
  ReportRun: reportRun,
  ReportSchedule: reportSchedule,
  ProcessingRecord: processingRecord,
  RetentionRule: retentionRule,
  Ruleset: ruleset,
  Schedule: schedule,
  ScoreFormula: formula,
  SearchCrumb: accountCrumb,
  SearchCrumbOfAnything: fields.breadcrumb,
  SearchCrumbOfContacts: crumb,
  Sequence: sequence,
  SandboxClock: clock,
  Session: session,
  SharingAccess: sharingAccess,
  SimulatedBrake: simulatedBrake,
  SqlLogin: sqlLogin,
  StartedJob: asStarted,
  Step: step,
  StepWithCounts: countedStep,
  Subteam: subteam,
  Suppression: suppression,
  Task: task,
  TaskInList: taskListed,
  TaskWithRecords: taskShown,
  Team: team,
  Technology: technology,
  Template: template,
  TimelineEntry: timelineEntry,
  TouchLimit: touchLimit,
  TypedCustomField: typedCustomField,
  UpdatedContact: updatedContact,
  UsageOfPeriod: period,
  User: user,
  Variant: touch,
  View: view,
  Warning: warning,
  WebhookDelivery: webhookDelivery,
  WebhookSubscription: webhookSubscription,
  WholeContact: wholeContact,
  Workflow: workflow,
  WorkflowCandidate: workflowCandidate,
  WorkflowNotice: notice,
  WorkflowRun: workflowRun,
} satisfies Record<string, z.ZodType>;

/** What calls take. */
export const inputs = {
  AccountAttributes: z.object(accountAttributes),
  AccountToChange: accountToChange,
  AccountToCreate: accountToCreate,
  AmountRange: amounts.unwrap(),
  CompanyFilter: z.object(companySearch),
  ContactAttributes: z.object(attributes),
  ContactChanges: z.object(changes),
  ContactFilter: z.object(contactFilters),
  ContactToChange: contactToChange,
  ContactToCreate: contactToCreate,
  ConversationToAdd: conversationWish,
  LineToAdd: conversationLine,
  ParticipantToAdd: conversationParticipant,
  Day: fields.day,
  DealRoleToSet: roleInput,
  EmailAddress: fields.email,
  FieldFilter: fieldFilter,
  Id: fields.id,
  IdOrNull: fields.id.nullable(),
  Ids: z.array(fields.id).max(1000),
  JoiningTerms: z.object(joinTerms),
  NewStepInSequence: newStepInList,
  NewTask: z.object(single),
  PersonFilter: z.object(personSearch),
  ProviderCall: providerCall,
  ProviderMapping: providerMapping,
  ReportDimension: z.enum(REPORT_DIMENSIONS),
  ReportMetric: z.enum(REPORT_METRICS),
  FaultInSandbox: fault,
  ProspectInSandbox: prospect,
  ScoredField: scoredField,
  RulesetSettings: z.object(ruleInputs),
  SequenceSettings: z.object(settings),
  StageMapping: stageMapping,
  StepInSequence: stepInList,
  StepType: z.enum(STEP_TYPES),
  TaskType: taskType,
  TemplateInVariant: mailInput,
  TimeRange: moments.unwrap(),
  WorkflowAction: workflowAction,
  ...workflowActions(),
  WorkflowTrigger: trigger,
} satisfies Record<string, z.ZodType>;

/** Each by its type: `AddToListAction`. */
function workflowActions(): Record<string, z.ZodType> {
  const words = (type: string) =>
    type.split("_").map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return Object.fromEntries(
    workflowAction.options.map((action) => [`${words(action.shape.type.value).join("")}Action`, action]),
  );
}
