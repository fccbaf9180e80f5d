// One mailbox at Microsoft as Graph shows it: its messages, by an id that stays, and what changed in each folder, in order.

import { randomBytes } from "node:crypto";
import type { Delivered } from "./api-peer.ts";

export type GraphMessage = {
  id: string;
  folder: string;
  isDraft: boolean;
  internetMessageId: string;
  to: string[];
  raw: Buffer;
  at: string;
  /** Shown beside the first tab of the inbox. */
  isOther?: boolean;
};

type Page = { messages: GraphMessage[]; token: string; isLast: boolean };

export class GraphBox {
  readonly messages = new Map<string, GraphMessage>();
  /** What went out, once for each time it did. */
  readonly delivered: Delivered[] = [];
  /** Exchange gives an email another Message-ID when it is sent. */
  renames = false;
  /** So many are made by now. Links of another series are not taken any more. */
  #series = 1;
  readonly #created: string[] = [];

  add(raw: Buffer, { folder, isDraft, at }: Pick<GraphMessage, "folder" | "isDraft" | "at">): GraphMessage {
    const id = `AAk${randomBytes(18).toString("base64url")}=`;
    const message = {
      id,
      folder,
      isDraft,
      at,
      raw,
      internetMessageId: headerOf(raw, "message-id"),
      to: addressesIn(`${headerOf(raw, "to")},${headerOf(raw, "cc")},${headerOf(raw, "bcc")}`),
    };
    this.messages.set(id, message);
    this.#created.push(id);
    return message;
  }

  /** Each time it is asked to, also of a message that was sent before: nobody promises otherwise. */
  send(message: GraphMessage, at: string) {
    const draftedAs = message.internetMessageId;
    if (this.renames && message.isDraft) {
      message.internetMessageId = `<${randomBytes(12).toString("hex")}@prod.outlook.example>`;
      message.raw = Buffer.from(
        message.raw
          .toString("latin1")
          .replace(/^message-id:.*$/im, `Message-ID: ${message.internetMessageId}`),
        "latin1",
      );
    }
    this.delivered.push({
      to: message.to,
      messageId: message.internetMessageId,
      draftedAs,
      subject: headerOf(message.raw, "subject"),
      raw: message.raw,
      at: new Date().toISOString(),
    });
    Object.assign(message, { isDraft: false, folder: "sentitems", at });
  }

  /** No copy of it is kept. */
  erase({ raw }: Delivered) {
    for (const [id, message] of this.messages) if (message.raw === raw) this.messages.delete(id);
  }

  /** `folder` null: in all of them. */
  in(folder: string | null, internetMessageId: string | null = null) {
    return [...this.messages.values()].filter(
      (one) =>
        (folder === null || one.folder === folder) &&
        (internetMessageId === null || one.internetMessageId === internetMessageId),
    );
  }

  /** Null: the token is of a series that was given up. */
  pageAfter(
    folder: string,
    token: string | null,
    { from, most }: { from: string; most: number },
  ): Page | null {
    const [series, seenTo, since = from] = (token ?? `${this.#series}~0~${from}`).split("~");
    if (Number(series) !== this.#series) return null;
    const rest = this.#created.flatMap((id, index) => {
      const message = this.messages.get(id);
      const isNew =
        index >= Number(seenTo) && message?.folder === folder && Date.parse(message.at) >= Date.parse(since);
      return message && isNew ? [{ index, message }] : [];
    });
    const page = rest.slice(0, most);
    const isLast = rest.length <= most;
    const reached = isLast ? this.#created.length : (page.at(-1)?.index ?? 0) + 1;
    return {
      messages: page.map(({ message }) => message),
      isLast,
      token: `${this.#series}~${reached}~${since}`,
    };
  }

  forgetLinks() {
    this.#series += 1;
  }
}

function headerOf(raw: Buffer, name: string) {
  const head = raw.toString("latin1").split(/\r?\n\r?\n/, 1)[0] ?? "";
  const lines = head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  const line = lines.find((one) => one.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim() ?? "";
}

function addressesIn(text: string) {
  return (text.match(/[^\s<>,"]+@[^\s<>,"]+/g) ?? []).map((address) => address.toLowerCase());
}
