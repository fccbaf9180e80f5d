// What happened, in words.

import { dateFormat } from "../../../language/formats.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { REPLY_CLASSES } from "../../mail/inbox/words.ts";
import type { NewsLine } from "./queries.ts";

type NewsKind = NewsLine["kind"];

const KINDS: Record<NewsKind, string> = perLanguage(() => ({
  replies: t("Replies"),
  meetings: t("Meetings booked"),
  bounces: t("Bounces"),
  opt_outs: t("Contacts unsubscribed"),
  finished: t("Contacts finished without a reply"),
  added: t("Contacts added to sequences"),
  deals_won: t("Deals won"),
  deals_lost: t("Deals lost"),
  deals_moved: t("Deals moved to another stage"),
  tasks_completed: t("Tasks completed by teammates"),
  tasks_assigned: t("Tasks assigned to you"),
  mailboxes_lost: t("Mailboxes with a new problem"),
  mailboxes_back: t("Mailboxes that work again"),
}));

export const sayNews = (kind: NewsKind) => KINDS[kind];

export const isNewsKind = (word: string): word is NewsKind => word in KINDS;

/** The class of the replies, or the user. */
export function sayGroup({ kind, group, group_name: name }: Pick<NewsLine, "kind" | "group" | "group_name">) {
  if (kind === "replies")
    return group === null || group === "none_of_the_above" ? t("not classified") : REPLY_CLASSES[group];
  return name;
}

const WEEKDAY = dateFormat({ weekday: "long" });

/** The start of the previous working day: yesterday, or Friday. */
export function saySince(since: string, now: Date) {
  const day = new Date(since);
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  return day.toDateString() === yesterday.toDateString()
    ? t("Since yesterday")
    : t("Since {weekday}", { weekday: WEEKDAY.format(day) });
}
