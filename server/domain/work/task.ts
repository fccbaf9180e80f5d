// A task's allowed changes, and its names.
//
// Two of Apollo's habits are easy to miss. Changing a scheduled task without naming its priority or its creator resets
// both, to medium and to the caller. And of a completed task, only the note, the priority and the contact can still be
// changed; the rest of such a request is ignored, not refused.

export const TASK_TYPES = [
  "call",
  "outreach_manual_email",
  "sms",
  "whatsapp",
  "linkedin_step_connect",
  "linkedin_step_message",
  "linkedin_step_view_profile",
  "linkedin_step_interact_post",
  "action_item",
] as const;
export type TaskType = (typeof TASK_TYPES)[number];

export type TaskStatus = "scheduled" | "completed" | "skipped";
export type Priority = "high" | "medium" | "low";

const TITLES: Record<TaskType, (whom: string) => string> = {
  call: (whom) => `Call ${whom}`,
  outreach_manual_email: (whom) => `Send an email to ${whom}`,
  sms: (whom) => `Send a text message to ${whom}`,
  whatsapp: (whom) => `Send a WhatsApp message to ${whom}`,
  linkedin_step_connect: (whom) => `Send a LinkedIn connection request to ${whom}`,
  linkedin_step_message: (whom) => `Send a LinkedIn message to ${whom}`,
  linkedin_step_view_profile: (whom) => `View the LinkedIn profile of ${whom}`,
  linkedin_step_interact_post: (whom) => `Interact with a LinkedIn post of ${whom}`,
  action_item: (whom) => `Action item for ${whom}`,
};

export function titleFor(type: TaskType, whom: string | null) {
  return TITLES[type](whom ?? "somebody");
}

/** Tasks for which a user writes a text: on LinkedIn or the phone, or a mail. */
export function takesMessage(type: TaskType) {
  return isOnLinkedIn(type) || isOnPhone(type) || type === "outreach_manual_email";
}

function isOnPhone(type: TaskType) {
  return type === "sms" || type === "whatsapp";
}

export function isOnLinkedIn(type: TaskType) {
  return type.startsWith("linkedin_");
}

/** Its assignee and its creator may change a task; admins may change all. */
export function mayChangeTask(
  actor: { userId: string; isAdmin: boolean },
  task: { userId: string; creatorId: string | null },
) {
  return actor.isAdmin || actor.userId === task.userId || actor.userId === task.creatorId;
}

export type TaskChange = {
  userId?: string | undefined;
  creatorId?: string | undefined;
  contactId?: string | undefined;
  type?: TaskType | undefined;
  status?: TaskStatus | undefined;
  priority?: Priority | undefined;
  dueAt?: Temporal.Instant | undefined;
  title?: string | undefined;
  note?: string | null | undefined;
  callScript?: string | null | undefined;
  relevantFields?: readonly string[] | undefined;
  message?: TaskMessage | undefined;
};

/** What is to be written. */
export type TaskMessage = { subject: string | null; text: string | null };

/** The change as it takes effect. */
export function effectiveChange(status: TaskStatus, change: TaskChange, callerId: string): TaskChange {
  if (status === "scheduled") {
    return { ...change, priority: change.priority ?? "medium", creatorId: change.creatorId ?? callerId };
  }
  const { note, priority, contactId } = change;
  return { note, priority, contactId };
}

/** The words in which Apollo counts tasks, by what they are about. */
const TASK_BUCKETS = [
  { value: "contact_call", says: "Call Contact", types: ["call"], about: "any" },
  { value: "outreach_manual_email", says: "Manual Email", types: ["outreach_manual_email"], about: "any" },
  { value: "contact_action_item", says: "Contact Action Item", types: ["action_item"], about: "contact" },
  { value: "account_action_item", says: "Account Action Item", types: ["action_item"], about: "account" },
  { value: "account_add_people_action", says: "Add People", types: [], about: "account" },
  { value: "text_messages", says: "Text Messages", types: ["sms", "whatsapp"], about: "any" },
  {
    value: "linkedin_actions",
    says: "LinkedIn Actions",
    types: TASK_TYPES.filter(isOnLinkedIn),
    about: "any",
  },
  {
    value: "linkedin_step_connect",
    says: "LinkedIn Connection Request",
    types: ["linkedin_step_connect"],
    about: "any",
  },
] as const satisfies readonly {
  value: string;
  says: string;
  types: readonly TaskType[];
  about: About;
}[];

/** What a task is, and whether it is about a person. */
export type TaskKind = { type: TaskType; hasContact: boolean };

/** Words that count nothing, and are asked for all the same. */
const ASKED = [{ value: "account_call", types: ["call"], about: "account" }] as const satisfies readonly {
  value: string;
  types: readonly TaskType[];
  about: About;
}[];

type About = "any" | "contact" | "account";

/** Tasks as clients name them, in our words or in those of the buckets. */
export function kindsNamed(words: readonly string[]): TaskKind[] {
  return words.flatMap((word) => {
    const types = TASK_TYPES.filter((known) => known === word);
    if (types.length > 0) return kindsOf(types, "any");
    const named = [...ASKED, ...TASK_BUCKETS].find(({ value }) => value === word);
    return named ? kindsOf(named.types, named.about) : [];
  });
}

function kindsOf(types: readonly TaskType[], about: About): TaskKind[] {
  return types.flatMap((type) => [
    ...(about === "account" ? [] : [{ type, hasContact: true }]),
    ...(about === "contact" ? [] : [{ type, hasContact: false }]),
  ]);
}

export function isOfKind(kinds: readonly TaskKind[] | null, { type, hasContact }: TaskKind) {
  return kinds === null || kinds.some((kind) => kind.type === type && kind.hasContact === hasContact);
}

export type TypeCount = { type: TaskType; hasContact: boolean; count: number };

export function countBuckets(counts: readonly TypeCount[]) {
  return TASK_BUCKETS.map(({ value, says, types, about }) => ({
    value,
    says,
    count: counts
      .filter(({ type }) => (types as readonly TaskType[]).includes(type))
      .filter(({ hasContact }) => about === "any" || hasContact === (about === "contact"))
      .reduce((sum, { count }) => sum + count, 0),
  }));
}
