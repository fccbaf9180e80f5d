import type { Caught } from "./queries.ts";

type Kind = Caught["answers"][number]["kind"];

export const ANSWERS: Record<Kind, { name: string; verb: string; says: string; label: string }> = {
  reply: {
    name: "Reply",
    verb: "Reply as they would",
    says: "A reply comes into the mailbox, with what it quotes.",
    label: "What they write",
  },
  out_of_office: {
    name: "Out of office",
    verb: "Be out of office",
    says: "An automatic answer comes, with the day they are back.",
    label: "What it says",
  },
  bounce: {
    name: "Bounce",
    verb: "Bounce",
    says: "A delivery report comes: the address does not exist.",
    label: "What the server said",
  },
  unsubscribe: {
    name: "Unsubscribe",
    verb: "Ask for no more mail",
    says: "They ask to be left alone.",
    label: "What they write",
  },
};

export const ANSWER_CHOICES = (Object.keys(ANSWERS) as Kind[]).map((value) => ({
  value,
  label: ANSWERS[value].name,
}));
