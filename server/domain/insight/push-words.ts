// What a notification on a device says, in the language that the device asked for. Names stand in it only where the user wants
// them there: a locked phone shows it to everyone around.

export type PushLanguage = "en" | "de" | "es" | "fr";

type PushWords = {
  reply: string;
  replyFrom(name: string): string;
  tasks(count: number): string;
  mention: string;
  mentionBy(name: string): string;
  test: string;
};

export const PUSH_WORDS: Readonly<Record<PushLanguage, PushWords>> = {
  en: {
    reply: "New reply",
    replyFrom: (name) => `Reply from ${name}`,
    tasks: (count) => (count === 1 ? "1 task is due" : `${count} tasks are due`),
    mention: "New mention in a note",
    mentionBy: (name) => `${name} mentioned you in a note`,
    test: "Notifications work on this device",
  },
  de: {
    reply: "Neue Antwort",
    replyFrom: (name) => `Antwort von ${name}`,
    tasks: (count) => (count === 1 ? "1 Aufgabe ist fällig" : `${count} Aufgaben sind fällig`),
    mention: "Neue Erwähnung in einer Notiz",
    mentionBy: (name) => `${name} hat Sie in einer Notiz erwähnt`,
    test: "Benachrichtigungen funktionieren auf diesem Gerät",
  },
  es: {
    reply: "Nueva respuesta",
    replyFrom: (name) => `Respuesta de ${name}`,
    tasks: (count) => (count === 1 ? "1 tarea vence ahora" : `${count} tareas vencen ahora`),
    mention: "Nueva mención en una nota",
    mentionBy: (name) => `${name} le mencionó en una nota`,
    test: "Las notificaciones funcionan en este dispositivo",
  },
  fr: {
    reply: "Nouvelle réponse",
    replyFrom: (name) => `Réponse de ${name}`,
    tasks: (count) => (count === 1 ? "1 tâche est à faire" : `${count} tâches sont à faire`),
    mention: "Nouvelle mention dans une note",
    mentionBy: (name) => `${name} vous a mentionné dans une note`,
    test: "Les notifications fonctionnent sur cet appareil",
  },
};

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
  { language, showsNames }: { language: PushLanguage; showsNames: boolean },
): { keys: string[]; notice: PushNotice }[] {
  const words = PUSH_WORDS[language];
  const one = ({ kind, key, page, about, name }: PushNews) => {
    const shown = showsNames ? (name?.slice(0, LONGEST_NAME) ?? null) : null;
    return { keys: [key], notice: { title: titleOf(kind, shown, words), tag: about, url: page } };
  };
  const singly = (["reply", "mention"] as const).flatMap((kind) =>
    news.filter((some) => some.kind === kind).slice(0, MOST_AT_ONCE),
  );
  const tasks = news.filter(({ kind }) => kind === "task");
  if (tasks.length === 0) return singly.map(one);
  const notice = { title: words.tasks(tasks.length), tag: "tasks", url: "/tasks" };
  return [...singly.map(one), { keys: tasks.map(({ key }) => key), notice }];
}

function titleOf(kind: PushNews["kind"], name: string | null, words: PushWords) {
  if (kind === "reply") return name ? words.replyFrom(name) : words.reply;
  return name ? words.mentionBy(name) : words.mention;
}
