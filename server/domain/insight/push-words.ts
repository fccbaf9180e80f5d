// What a notification on a device says, in the language that the device asked for. Names stand in it only where the user wants
// them there: a locked phone shows it to everyone around.

export type PushLanguage = "en" | "de" | "es" | "fr";

type PushWords = {
  reply: string;
  replyFrom(name: string): string;
  tasks(count: number): string;
  test: string;
};

export const PUSH_WORDS: Readonly<Record<PushLanguage, PushWords>> = {
  en: {
    reply: "New reply",
    replyFrom: (name) => `Reply from ${name}`,
    tasks: (count) => (count === 1 ? "1 task is due" : `${count} tasks are due`),
    test: "Notifications work on this device",
  },
  de: {
    reply: "Neue Antwort",
    replyFrom: (name) => `Antwort von ${name}`,
    tasks: (count) => (count === 1 ? "1 Aufgabe ist fällig" : `${count} Aufgaben sind fällig`),
    test: "Benachrichtigungen funktionieren auf diesem Gerät",
  },
  es: {
    reply: "Nueva respuesta",
    replyFrom: (name) => `Respuesta de ${name}`,
    tasks: (count) => (count === 1 ? "1 tarea vence ahora" : `${count} tareas vencen ahora`),
    test: "Las notificaciones funcionan en este dispositivo",
  },
  fr: {
    reply: "Nouvelle réponse",
    replyFrom: (name) => `Réponse de ${name}`,
    tasks: (count) => (count === 1 ? "1 tâche est à faire" : `${count} tâches sont à faire`),
    test: "Les notifications fonctionnent sur cet appareil",
  },
};

/** What the service worker shows. `tag`: a later notification of the same tag takes the place of the earlier one. */
export type PushNotice = { title: string; tag: string; url: string };

/** News of one device: a reply to a contact, or a task that became due. `key` names it among what was told. */
export type PushNews = {
  kind: "reply" | "task";
  key: string;
  recordId: string;
  about: string;
  name: string | null;
};

/** Replies one by one, at most so many at a time; tasks together. */
const MOST_REPLIES = 5;
const LONGEST_NAME = 80;

export function noticesOf(
  news: readonly PushNews[],
  { language, showsNames }: { language: PushLanguage; showsNames: boolean },
): { keys: string[]; notice: PushNotice }[] {
  const words = PUSH_WORDS[language];
  const replies = news.filter(({ kind }) => kind === "reply").slice(0, MOST_REPLIES);
  const tasks = news.filter(({ kind }) => kind === "task");
  const ofReplies = replies.map(({ key, recordId, about, name }) => ({
    keys: [key],
    notice: {
      title: showsNames && name ? words.replyFrom(name.slice(0, LONGEST_NAME)) : words.reply,
      tag: about,
      url: `/inbox?open=${recordId}`,
    },
  }));
  if (tasks.length === 0) return ofReplies;
  const notice = { title: words.tasks(tasks.length), tag: "tasks", url: "/tasks" };
  return [...ofReplies, { keys: tasks.map(({ key }) => key), notice }];
}
