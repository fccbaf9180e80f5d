// What a workflow can do with a contact: each kind of action with its words, its first values, and the values it needs.

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
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { Entity } from "./queries.ts";
import { type ActionNode, newKey, pathsOf } from "./tree.ts";

type Fields = Record<string, unknown>;

type ActionKind = {
  name: string;
  group: string;
  icon: TablerIcon;
  fresh: () => Fields;
  /** What is still to be said, if anything is. */
  lacks?: (action: Fields) => string | false | undefined;
  only?: readonly Entity[];
};

const isEmpty = (value: unknown) => !Array.isArray(value) || value.length === 0;
const contactsOnly: Entity[] = ["contact", "person"];

export const KINDS: Record<string, ActionKind> = perLanguage(() => ({
  enrich: { name: t("Enrich"), group: t("People"), icon: IconSparkles, fresh: () => ({}) },
  save_as_contact: {
    name: t("Save as contact"),
    group: t("People"),
    icon: IconUserPlus,
    fresh: () => ({}),
    only: ["person"],
  },
  add_to_sequence: {
    name: t("Add to sequence"),
    group: t("Sequences"),
    icon: IconSend,
    fresh: () => ({ emailer_campaign_id: "", send_email_from_email_account_id: [] }),
    lacks: (action) =>
      !action.emailer_campaign_id
        ? t("a sequence")
        : isEmpty(action.send_email_from_email_account_id) &&
          isEmpty(action.email_account_id) &&
          t("a mailbox"),
    only: contactsOnly,
  },
  remove_from_sequence: {
    name: t("Remove from sequence"),
    group: t("Sequences"),
    icon: IconPlayerStop,
    fresh: () => ({ mode: "mark_as_finished" }),
    lacks: ({ emailer_campaign_ids }) => isEmpty(emailer_campaign_ids) && t("a sequence"),
    only: contactsOnly,
  },
  add_to_list: {
    name: t("Add to list"),
    group: t("Records"),
    icon: IconListCheck,
    fresh: () => ({ label_names: [] }),
    lacks: ({ label_names }) => isEmpty(label_names) && t("a list"),
  },
  remove_from_list: {
    name: t("Remove from list"),
    group: t("Records"),
    icon: IconListDetails,
    fresh: () => ({ label_names: [] }),
    lacks: ({ label_names }) => isEmpty(label_names) && t("a list"),
  },
  set_stage: {
    name: t("Set stage"),
    group: t("Records"),
    icon: IconTags,
    fresh: () => ({ stage_id: "" }),
    lacks: ({ stage_id }) => !stage_id && t("a stage"),
  },
  set_field: {
    name: t("Set field"),
    group: t("Records"),
    icon: IconForms,
    fresh: () => ({ typed_custom_fields: {} }),
    lacks: ({ typed_custom_fields }) => Object.keys(typed_custom_fields ?? {}).length === 0 && t("a field"),
  },
  set_owner: {
    name: t("Set owner"),
    group: t("Records"),
    icon: IconUser,
    fresh: () => ({ owner_ids: [] }),
    lacks: ({ owner_ids }) => isEmpty(owner_ids) && t("an owner"),
  },
  create_task: {
    name: t("Create task"),
    group: t("Tasks and notifications"),
    icon: IconCalendarPlus,
    fresh: () => ({ task_type: "action_item", priority: "medium" }),
  },
  create_deal: {
    name: t("Create deal"),
    group: t("Tasks and notifications"),
    icon: IconCoin,
    fresh: () => ({ name: "" }),
    lacks: ({ name }) => !name && t("a name"),
  },
  notify: {
    name: t("Notify a teammate"),
    group: t("Tasks and notifications"),
    icon: IconBell,
    fresh: () => ({ text: "" }),
    lacks: ({ text }) => !text && t("a text"),
  },
  call_webhook: {
    name: t("Call webhook"),
    group: t("Tasks and notifications"),
    icon: IconWebhook,
    fresh: () => ({ url: "" }),
    lacks: ({ url }) => !url && t("a URL"),
  },
  wait: {
    name: t("Wait"),
    group: t("Flow"),
    icon: IconClock,
    fresh: () => ({ days: 1 }),
    lacks: ({ days, hours, minutes }) => !days && !hours && !minutes && t("a duration"),
  },
  branch: {
    name: t("Branch"),
    group: t("Flow"),
    icon: IconGitBranch,
    fresh: () => ({ filters: {}, yes: [], no: [] }),
  },
  split: {
    name: t("Split"),
    group: t("Flow"),
    icon: IconArrowsSplit,
    fresh: () => ({
      paths: [
        { weight: 1, actions: [] },
        { weight: 1, actions: [] },
      ],
    }),
  },
}));

export function kindOf(type: string): ActionKind {
  return (
    KINDS[type] ?? { name: type.replaceAll("_", " "), group: t("Flow"), icon: IconForms, fresh: () => ({}) }
  );
}

export function kindsFor(entity: Entity) {
  return Object.entries(KINDS).filter(([, { only }]) => !only || only.includes(entity));
}

export function newAction(type: string): ActionNode {
  return { ...kindOf(type).fresh(), type, key: newKey() };
}

const DEEPEST = 5;

/** Whether a list at this path may hold a branch or a split: five lists lie in one another at most. */
export function mayGoDeeper(path: string) {
  return (
    path.split(".").filter((part) => part === "yes" || part === "no" || part === "paths").length < DEEPEST - 1
  );
}

export const unseenSequence = () => t("a sequence you cannot see");

/** The server leaves out what is hidden from the viewer; what the viewer has not chosen yet is "" or missing. */
export function isUnseen({ type, emailer_campaign_id: one, emailer_campaign_ids: several }: Fields) {
  if (type === "add_to_sequence") return one === null;
  return type === "remove_from_sequence" && Array.isArray(several) && several.length === 0;
}

/** The sequences that an action names. */
export function sequencesIn({ emailer_campaign_id: one, emailer_campaign_ids: several }: Fields): string[] {
  return [one, ...(Array.isArray(several) ? several : [])].flatMap((id) => (id ? String(id) : []));
}

export type NameLookup = (id: unknown) => string | undefined;

const SHOWN = 2;

/** What an action does, in a few words beside its name. */
export function sayAction(action: ActionNode, nameOf: NameLookup): string {
  const named = (ids: unknown) => {
    const all = Array.isArray(ids) ? ids.map((id) => nameOf(id) ?? t("deleted")) : [];
    return all.length <= SHOWN
      ? all.join(", ")
      : t("{slice} and {all} more", { slice: all.slice(0, SHOWN).join(", "), all: all.length - SHOWN });
  };
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  if (isUnseen(action)) return unseenSequence();
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
      return t("{action} paths", { action: pathsOf(action).length });
    default:
      return "";
  }
}

export function sayWait({ days, hours, minutes }: Fields) {
  const parts = [
    [days, (n: number) => t("{n, plural, one {# day} other {# days}}", { n })],
    [hours, (n: number) => t("{n, plural, one {# hour} other {# hours}}", { n })],
    [minutes, (n: number) => t("{n, plural, one {# minute} other {# minutes}}", { n })],
  ] as const;
  return parts.flatMap(([n, say]) => (typeof n === "number" && n > 0 ? [say(n)] : [])).join(" ");
}
