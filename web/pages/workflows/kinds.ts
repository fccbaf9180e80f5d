// What a workflow can do with somebody: each kind of action with its words, what it begins with, and what it cannot do without.

import {
  IconArrowsSplit,
  IconBell,
  IconCalendarPlus,
  IconClock,
  IconCoin,
  IconForms,
  IconGitBranch,
  IconListCheck,
  IconListDetails,
  IconPlayerStop,
  IconSend,
  IconSparkles,
  IconTags,
  IconUser,
  IconUserPlus,
  IconWebhook,
  type TablerIcon,
} from "@tabler/icons-react";
import type { Entity } from "./queries.ts";
import { type Action, newKey, pathsOf } from "./tree.ts";

type Fields = Record<string, unknown>;

export type Kind = {
  name: string;
  group: "People" | "Sequences" | "Records" | "Telling" | "The way";
  icon: TablerIcon;
  fresh: () => Fields;
  /** What is still to be said, if anything is. */
  lacks?: (action: Fields) => string | false | undefined;
  only?: readonly Entity[];
};

const isEmpty = (value: unknown) => !Array.isArray(value) || value.length === 0;
const contactsOnly: Entity[] = ["contact", "person"];

export const KINDS: Record<string, Kind> = {
  enrich: { name: "Enrich", group: "People", icon: IconSparkles, fresh: () => ({}) },
  save_as_contact: {
    name: "Save as a contact",
    group: "People",
    icon: IconUserPlus,
    fresh: () => ({}),
    only: ["person"],
  },
  add_to_sequence: {
    name: "Add to a sequence",
    group: "Sequences",
    icon: IconSend,
    fresh: () => ({ emailer_campaign_id: "", send_email_from_email_account_id: [] }),
    lacks: (action) =>
      !action.emailer_campaign_id
        ? "a sequence"
        : isEmpty(action.send_email_from_email_account_id) && isEmpty(action.email_account_id) && "a mailbox",
    only: contactsOnly,
  },
  remove_from_sequence: {
    name: "Take out of a sequence",
    group: "Sequences",
    icon: IconPlayerStop,
    fresh: () => ({ mode: "mark_as_finished" }),
    lacks: ({ emailer_campaign_ids }) => isEmpty(emailer_campaign_ids) && "a sequence",
    only: contactsOnly,
  },
  add_to_list: {
    name: "Put on a list",
    group: "Records",
    icon: IconListCheck,
    fresh: () => ({ label_names: [] }),
    lacks: ({ label_names }) => isEmpty(label_names) && "a list",
  },
  remove_from_list: {
    name: "Take off a list",
    group: "Records",
    icon: IconListDetails,
    fresh: () => ({ label_names: [] }),
    lacks: ({ label_names }) => isEmpty(label_names) && "a list",
  },
  set_stage: {
    name: "Set the stage",
    group: "Records",
    icon: IconTags,
    fresh: () => ({ stage_id: "" }),
    lacks: ({ stage_id }) => !stage_id && "a stage",
  },
  set_field: {
    name: "Set a field",
    group: "Records",
    icon: IconForms,
    fresh: () => ({ typed_custom_fields: {} }),
    lacks: ({ typed_custom_fields }) => Object.keys(typed_custom_fields ?? {}).length === 0 && "a field",
  },
  set_owner: {
    name: "Set the owner",
    group: "Records",
    icon: IconUser,
    fresh: () => ({ owner_ids: [] }),
    lacks: ({ owner_ids }) => isEmpty(owner_ids) && "an owner",
  },
  create_task: {
    name: "Make a task",
    group: "Telling",
    icon: IconCalendarPlus,
    fresh: () => ({ task_type: "action_item", priority: "medium" }),
  },
  create_deal: {
    name: "Make a deal",
    group: "Telling",
    icon: IconCoin,
    fresh: () => ({ name: "" }),
    lacks: ({ name }) => !name && "a name",
  },
  notify: {
    name: "Tell somebody",
    group: "Telling",
    icon: IconBell,
    fresh: () => ({ text: "" }),
    lacks: ({ text }) => !text && "a text",
  },
  call_webhook: {
    name: "Call a webhook",
    group: "Telling",
    icon: IconWebhook,
    fresh: () => ({ url: "" }),
    lacks: ({ url }) => !url && "an address",
  },
  wait: {
    name: "Wait",
    group: "The way",
    icon: IconClock,
    fresh: () => ({ days: 1 }),
    lacks: ({ days, hours, minutes }) => !days && !hours && !minutes && "how long",
  },
  branch: {
    name: "Branch",
    group: "The way",
    icon: IconGitBranch,
    fresh: () => ({ filters: {}, yes: [], no: [] }),
  },
  split: {
    name: "Split",
    group: "The way",
    icon: IconArrowsSplit,
    fresh: () => ({
      paths: [
        { weight: 1, actions: [] },
        { weight: 1, actions: [] },
      ],
    }),
  },
};

export function kindOf(type: string): Kind {
  return (
    KINDS[type] ?? { name: type.replaceAll("_", " "), group: "The way", icon: IconForms, fresh: () => ({}) }
  );
}

export function kindsFor(entity: Entity) {
  return Object.entries(KINDS).filter(([, { only }]) => !only || only.includes(entity));
}

export function newAction(type: string): Action {
  return { ...kindOf(type).fresh(), type, key: newKey() };
}

const DEEPEST = 5;

/** Whether a list at this path may hold a branch or a split: five lists lie in one another at most. */
export function mayGoDeeper(path: string) {
  return (
    path.split(".").filter((part) => part === "yes" || part === "no" || part === "paths").length < DEEPEST - 1
  );
}

export const UNSEEN = "a sequence you cannot see";

/** The server leaves out what is hidden from whoever looks; what one has not chosen yet is "" or not there. */
export function isUnseen({ type, emailer_campaign_id: one, emailer_campaign_ids: several }: Fields) {
  if (type === "add_to_sequence") return one === null;
  return type === "remove_from_sequence" && Array.isArray(several) && several.length === 0;
}

/** The sequences that an action names. */
export function sequencesIn({ emailer_campaign_id: one, emailer_campaign_ids: several }: Fields): string[] {
  return [one, ...(Array.isArray(several) ? several : [])].flatMap((id) => (id ? String(id) : []));
}

export type Names = (id: unknown) => string | undefined;

const SHOWN = 2;

/** What an action does, in a few words beside its name. */
export function sayAction(action: Action, nameOf: Names): string {
  const named = (ids: unknown) => {
    const all = Array.isArray(ids) ? ids.map((id) => nameOf(id) ?? "one that is gone") : [];
    return all.length <= SHOWN
      ? all.join(", ")
      : `${all.slice(0, SHOWN).join(", ")} and ${all.length - SHOWN} more`;
  };
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  if (isUnseen(action)) return UNSEEN;
  switch (action.type) {
    case "add_to_sequence":
      return action.emailer_campaign_id ? named([action.emailer_campaign_id]) : "";
    case "remove_from_sequence":
      return named(action.emailer_campaign_ids);
    case "add_to_list":
    case "remove_from_list":
    case "save_as_contact":
      return Array.isArray(action.label_names) ? action.label_names.join(", ") : "";
    case "set_stage":
      return action.stage_id ? named([action.stage_id]) : "";
    case "set_field":
      return named(Object.keys((action.typed_custom_fields as object | undefined) ?? {}));
    case "set_owner":
      return named(action.owner_ids);
    case "create_task":
      return text(action.title);
    case "create_deal":
      return text(action.name);
    case "notify":
      return text(action.text);
    case "call_webhook":
      return text(action.url);
    case "wait":
      return sayWait(action);
    case "split":
      return `${pathsOf(action).length} ways`;
    default:
      return "";
  }
}

export function sayWait({ days, hours, minutes }: Fields) {
  const parts = [
    [days, "day"],
    [hours, "hour"],
    [minutes, "minute"],
  ] as const;
  return parts
    .filter(([n]) => typeof n === "number" && n > 0)
    .map(([n, unit]) => `${n} ${unit}${n === 1 ? "" : "s"}`)
    .join(" ");
}
