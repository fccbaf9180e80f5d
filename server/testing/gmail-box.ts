// One mailbox at Google as its API shows it: messages under labels and in threads, drafts, and a history of what was added, in order.

import { randomBytes } from "node:crypto";
import type { Delivered } from "./api-peer.ts";

export type GmailMessage = { id: string; threadId: string; labelIds: string[]; raw: Buffer; at: number };
type Added = { historyId: number; messageId: string; labelIds: string[]; isMove: boolean };

/** Google: "historyId is typically valid for at least a week". */
const FIRST_HISTORY = 1_000;

export class GmailBox {
  readonly messages = new Map<string, GmailMessage>();
  /** By the id of each draft, the id of its message. */
  readonly drafts = new Map<string, string>();
  /** What went out, once for each time it did. */
  readonly delivered: Delivered[] = [];
  /** Gmail gives an email another Message-ID when it is sent by the API, and keeps none of the old one. */
  renames = true;
  historyId = FIRST_HISTORY;
  /** Numbers below it are not known any more. */
  #knownFrom = FIRST_HISTORY;
  readonly #added: Added[] = [];

  add(raw: Buffer, labelIds: string[], at: number, threadId = randomBytes(8).toString("hex")): GmailMessage {
    const message = { id: randomBytes(8).toString("hex"), threadId, labelIds, raw, at };
    this.messages.set(message.id, message);
    this.#note(message.id, labelIds, false);
    return message;
  }

  draft(raw: Buffer, threadId: string | undefined, at: number) {
    const message = this.add(raw, ["DRAFT"], at, threadId);
    const id = `r-${randomBytes(8).readBigUInt64BE()}`;
    this.drafts.set(id, message.id);
    return { id, message };
  }

  /** The draft is deleted, and a message made. */
  send(id: string, at: number): GmailMessage | null {
    const draft = this.messages.get(this.drafts.get(id) ?? "");
    if (!draft) return null;
    this.remove(id);
    const raw = this.renames ? renamed(draft.raw) : draft.raw;
    const to = addressesIn(["to", "cc", "bcc"].map((name) => headerOf(raw, name)).join());
    const [messageId, subject] = [headerOf(raw, "message-id"), headerOf(raw, "subject")];
    this.delivered.push({
      to,
      messageId,
      draftedAs: headerOf(draft.raw, "message-id"),
      subject,
      raw,
      at: new Date().toISOString(),
    });
    return this.add(raw, ["SENT"], at, draft.threadId);
  }

  /** No copy of it is kept. */
  erase({ raw }: Delivered) {
    for (const [id, message] of this.messages) if (message.raw === raw) this.messages.delete(id);
  }

  remove(id: string) {
    this.messages.delete(this.drafts.get(id) ?? "");
    return this.drafts.delete(id);
  }

  move(id: string, from: string, to: string) {
    const message = this.messages.get(id);
    if (!message) return;
    message.labelIds = [...message.labelIds.filter((label) => label !== from), to];
    this.#note(id, [to], true);
  }

  /** The newest first, as Gmail lists them. */
  under(label: string | null, query: string) {
    const isWanted = matching(query);
    return [...this.messages.values()]
      .filter((one) => (label === null || one.labelIds.includes(label)) && isWanted(one))
      .toReversed();
  }

  /** Null: the number is not known any more. */
  since(historyId: number, label: string) {
    if (historyId < this.#knownFrom) return null;
    return this.#added.filter((one) => {
      const isUnder = this.messages.get(one.messageId)?.labelIds.includes(label);
      return one.historyId > historyId && isUnder;
    });
  }

  forgetHistory() {
    this.historyId += 1;
    this.#knownFrom = this.historyId;
  }

  #note(messageId: string, labelIds: string[], isMove: boolean) {
    this.historyId += 7;
    this.#added.push({ historyId: this.historyId, messageId, labelIds, isMove });
  }
}

/** `to:`, `rfc822msgid:` and `after:`, of Gmail's search. */
function matching(query: string) {
  const terms = query.split(/\s+/).filter(Boolean);
  return ({ raw, at }: GmailMessage) =>
    terms.every((term) => {
      const [name = "", value = ""] = [term.slice(0, term.indexOf(":")), term.slice(term.indexOf(":") + 1)];
      if (name === "to") return addressesIn(headerOf(raw, "to")).includes(value.toLowerCase());
      if (name === "rfc822msgid") return headerOf(raw, "message-id") === `<${value}>`;
      if (name === "after") return at > Number(value) * 1000;
      throw new Error(`Gmail's search is not written for ${name}`);
    });
}

function renamed(raw: Buffer) {
  const id = `<CA${randomBytes(12).toString("hex")}@mail.gmail.example>`;
  return Buffer.from(raw.toString("latin1").replace(/^message-id:.*$/im, `Message-ID: ${id}`), "latin1");
}

export function headersOf(raw: Buffer) {
  const head = raw.toString("latin1").split(/\r?\n\r?\n/, 1)[0] ?? "";
  return head
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)
    .map((line) => {
      const at = line.indexOf(":");
      return { name: line.slice(0, at), value: line.slice(at + 1).trim() };
    });
}

function headerOf(raw: Buffer, name: string) {
  return headersOf(raw).find((header) => header.name.toLowerCase() === name)?.value ?? "";
}

function addressesIn(text: string) {
  return (text.match(/[^\s<>,"]+@[^\s<>,"]+/g) ?? []).map((address) => address.toLowerCase());
}
