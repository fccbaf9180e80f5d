// What the n8n node does with sequences and with the work around them.

import { op, people, type Resource } from "./operation.ts";

export const OUTREACH: readonly Resource[] = [
  {
    value: "copilot",
    name: "Copilot",
    operations: [
      op("approve", "Approve", "Approve proposals of a copilot", "copilots.approve", {
        does: "Add proposed contacts to the sequence. Contacts that cannot be added are listed with the reason",
        target: "copilot",
        asks: ["proposal_ids"],
      }),
      op("decideOpener", "Decide on Opener", "Decide on an opener of a copilot", "copilots.decideOpener", {
        does: "Accept the drafted first sentence or your own text, drop it, or draft another",
        target: "copilot",
        asks: ["proposal_id", "decision"],
      }),
      op("get", "Get", "Get a copilot", "copilots.show", { target: "copilot" }),
      op("getAll", "Get Many", "Get many copilots", "copilots.list"),
      op("getProposals", "Get Proposals", "Get the proposals of a copilot", "copilots.proposals", {
        does: "Get the contacts a copilot has proposed, up to 100 at a time",
        target: "copilot",
      }),
      op("propose", "Propose", "Propose contacts with a copilot", "copilots.propose", {
        does: "Propose today's contacts now. Works once a day",
        target: "copilot",
      }),
      op("reject", "Reject", "Reject proposals of a copilot", "copilots.reject", {
        target: "copilot",
        asks: ["proposal_ids"],
      }),
    ],
  },
  {
    value: "enrollment",
    name: "Enrollment",
    operations: [
      op("explain", "Explain", "Explain an enrollment", "explain.enrollment", { target: "enrollment" }),
      op("finish", "Finish", "Finish contacts in a sequence", "enrollments.finish", people()),
      op("get", "Get", "Get an enrollment", "enrollments.show", { target: "enrollment" }),
      op("getAll", "Get Many", "Get many enrollments", "enrollments.search"),
      op("move", "Move to Mailbox", "Move contacts to another mailbox", "enrollments.move", {
        ...people("send_email_from_email_account_id"),
        does: "Send the next emails of contacts in a sequence from another mailbox",
      }),
      op("pause", "Pause", "Pause contacts in a sequence", "enrollments.pause", people()),
      op("remove", "Remove", "Remove contacts from a sequence", "enrollments.remove", people()),
      op("resume", "Resume", "Resume contacts in a sequence", "enrollments.resume", people()),
    ],
  },
  {
    value: "reportSchedule",
    name: "Report Schedule",
    operations: [
      op("create", "Create", "Create a report schedule", "reportSchedules.create", {
        does: "Send a saved report at set times, by email to teammates or by webhook",
        asks: ["view_id", "every", "time"],
      }),
      op("delete", "Delete", "Delete a report schedule", "reportSchedules.delete", {
        target: "reportSchedule",
      }),
      op("getAll", "Get Many", "Get many report schedules", "reportSchedules.list", {
        does: "Get the schedules of saved reports",
      }),
      op("getRuns", "Get Runs", "Get the runs of a report schedule", "reportSchedules.runs", {
        does: "Get the runs of a report schedule with their results, newest first",
        target: "reportSchedule",
      }),
      op("update", "Update", "Update a report schedule", "reportSchedules.update", {
        does: "Change the times or recipients of a report schedule, or turn it on or off",
        target: "reportSchedule",
      }),
    ],
  },
  {
    value: "scoreFormula",
    name: "Score Formula",
    operations: [
      op("get", "Get", "Get the score formula", "scoreFormula.show", {
        does: "Get the score formula and the fields it may use",
      }),
      op("replace", "Replace", "Replace the score formula", "scoreFormula.replace", {
        does: "Replace the score formula. All scores are updated in the background",
        asks: ["signals"],
      }),
      op("reset", "Reset", "Reset the score formula", "scoreFormula.reset", {
        does: "Reset the score formula to the default",
      }),
    ],
  },
  {
    value: "sequence",
    name: "Sequence",
    operations: [
      op("activate", "Activate", "Activate a sequence", "sequences.approve", { target: "sequence" }),
      op("addContacts", "Add Contacts", "Add contacts to a sequence", "joining.addContacts", {
        does: "Add contacts to a sequence. Skipped contacts are listed with the reason",
        target: "sequence",
      }),
      op("deactivate", "Deactivate", "Deactivate a sequence", "sequences.abort", { target: "sequence" }),
      op("explain", "Explain", "Explain a sequence", "explain.sequence", { target: "sequence" }),
      op("get", "Get", "Get a sequence", "sequences.show", { target: "sequence" }),
      op("getAll", "Get Many", "Get many sequences", "sequences.search", { without: ["name", "q_keywords"] }),
    ],
  },
  {
    value: "task",
    name: "Task",
    operations: [
      op("complete", "Complete", "Complete a task", "tasks.complete", { target: "task" }),
      op("create", "Create", "Create a task", "tasks.create", {
        asks: ["type", "contact_id", "user_id", "due_at"],
        without: ["creator_id"],
      }),
      op("get", "Get", "Get a task", "tasks.get", { target: "task" }),
      op("getAll", "Get Many", "Get many tasks", "tasks.search", {
        without: ["type", "status", "statuses", "user_id", "contact_id", "open_factor_names"],
      }),
      op("skip", "Skip", "Skip a task", "tasks.skip", { target: "task", without: ["on_task_page"] }),
      op("update", "Update", "Update a task", "tasks.update", {
        target: "task",
        without: ["creator_id", "priority_cd", "relevant_fields"],
      }),
    ],
  },
  {
    value: "workflow",
    name: "Workflow",
    operations: [
      op("activate", "Activate", "Activate a workflow", "workflows.activate", { target: "workflow" }),
      op("archive", "Archive", "Archive a workflow", "workflows.archive", { target: "workflow" }),
      op("deactivate", "Deactivate", "Deactivate a workflow", "workflows.deactivate", { target: "workflow" }),
      op("explain", "Explain", "Explain why a workflow took a record", "workflows.explain", {
        does: "Explain why a workflow did or did not take a contact, person or account",
        target: "workflow",
        asks: ["entity_id"],
      }),
      op("get", "Get", "Get a workflow", "workflows.get", { target: "workflow" }),
      op("getAll", "Get Many", "Get many workflows", "workflows.list"),
      op("getRuns", "Get Runs", "Get the runs of a workflow", "workflows.runs", {
        does: "Get the runs of a workflow, newest first",
        target: "workflow",
      }),
      op("run", "Run", "Run a workflow", "workflows.run", {
        does: "Run a workflow now, for all records its filters find or for those you name",
        target: "workflow",
      }),
    ],
  },
];
