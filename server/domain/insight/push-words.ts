// What a notification on a device says, in the language that the device asked for. Names stand in it only where the user wants
// them there: a locked phone shows it to everyone around.

import { say } from "../../kernel/say.ts";

/** What the service worker shows. `tag`: a later notification of the same tag takes the place of the earlier one. */
export type PushNotice = { title: string; tag: string; url: string };

/** News of one device: a reply to a contact, a task that became due, or a mention by a colleague. `key` names it among what was told. */
export type PushNews = {
  kind: "reply" | "task" | "mention";
  key: string;
  page: string;
  about: string;
  name: string | null;
};

/** Replies and mentions one by one, at most so many at a time; tasks together. */
const MOST_AT_ONCE = 5;
const LONGEST_NAME = 80;

export function noticesOf(
  news: readonly PushNews[],
  { showsNames }: { showsNames: boolean },
): { keys: string[]; notice: PushNotice }[] {
  const one = ({ kind, key, page, about, name }: PushNews) => {
    const shown = showsNames ? (name?.slice(0, LONGEST_NAME) ?? null) : null;
    return { keys: [key], notice: { title: titleOf(kind, shown), tag: about, url: page } };
  };
  const singly = (["reply", "mention"] as const).flatMap((kind) =>
    news.filter((some) => some.kind === kind).slice(0, MOST_AT_ONCE),
  );
  const tasks = news.filter(({ kind }) => kind === "task");
  if (tasks.length === 0) return singly.map(one);
  const notice = { title: tasksDue(tasks.length), tag: "tasks", url: "/tasks" };
  return [...singly.map(one), { keys: tasks.map(({ key }) => key), notice }];
}

const tasksDue = (n: number) => say("{n, plural, one {# task is due} other {# tasks are due}}", { n });

function titleOf(kind: PushNews["kind"], name: string | null) {
  if (kind === "reply") return name ? say("Reply from {name}", { name }) : say("New reply");
  return name ? say("{name} mentioned you in a note", { name }) : say("New mention in a note");
}
