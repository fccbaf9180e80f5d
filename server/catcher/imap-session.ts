// One connection to the IMAP server. What comes is dealt with in its order, each command when the one before is done.

import type { Socket } from "node:net";
import { BY_UID, COMMANDS } from "./imap-commands.ts";
import { BAD, type ImapDesk } from "./imap-desk.ts";
import { type CommandPart, ImapReader } from "./imap-reader.ts";
import { type Token, tokensOf, tokenText } from "./imap-words.ts";
import type { MailStore } from "./mail-store.ts";

export type LoginCheck = (username: string, password: string) => Promise<MailStore | null>;

/** What a mail server may do to its clients. A decent one does none of it. */
export type Temper = {
  /** Hangs up after so many bytes of what FETCH answers, once. */
  cutFetchAfter: number | null;
  /** `silent`: does not tell idling clients that something came. `deaf`: does not even hear the DONE. */
  idle: "decent" | "silent" | "deaf";
};

const OFFERS =
  "IMAP4rev1 LITERAL+ SASL-IR AUTH=PLAIN AUTH=XOAUTH2 IDLE UIDPLUS SPECIAL-USE ID NAMESPACE CHILDREN UNSELECT";

const OWN = new Set(["CAPABILITY", "ID", "NOOP", "LOGOUT", "LOGIN", "AUTHENTICATE", "IDLE"]);

export class ImapSession {
  readonly #socket: Socket;
  readonly #login: LoginCheck;
  readonly #temper: Temper;
  readonly #reader: ImapReader;
  #queue: Promise<void> = Promise.resolve();
  #desk: ImapDesk | null = null;
  #stopHearing = () => {};
  /** Takes the next line, which is no command. */
  #awaits: ((line: string) => Promise<void>) | null = null;
  #isIdle = false;

  constructor(socket: Socket, login: LoginCheck, temper: Temper) {
    this.#socket = socket;
    this.#login = login;
    this.#temper = temper;
    this.#reader = new ImapReader({
      command: (parts) => this.#enqueue(() => this.#hear(parts)),
      awaitsLeave: () => this.#enqueue(() => this.#say("+ go on")),
      overflow: () => this.#enqueue(() => this.#leave("* BYE that is too much")),
    });
    socket.on("data", (chunk: Buffer) => this.#reader.feed(chunk));
    socket.on("close", () => this.#stopHearing());
    void this.#say(`* OK [CAPABILITY ${OFFERS}] ready`);
  }

  /** Says goodbye, as a server does that is stopped. */
  close() {
    void this.#leave("* BYE we are closing");
  }

  #enqueue(step: () => Promise<void>) {
    this.#queue = this.#queue.then(step).catch(() => void this.#socket.destroy());
  }

  async #hear(parts: readonly CommandPart[]) {
    if (this.#awaits) return this.#awaits(parts.map(String).join(""));
    const [tag, name, ...args] = tokensOf(parts);
    const label = tokenText(tag);
    const verb = tokenText(name).toUpperCase();
    if (!label || !verb) return this.#say(`${label || "*"} ${BAD}`);
    if (OWN.has(verb)) return this.#own(verb, label, args);
    await this.#tellNew();
    return this.#say(`${label} ${await this.#answer(verb, args)}`);
  }

  /** What belongs to the connection rather than to folders and mails. */
  #own(verb: string, tag: string, args: readonly Token[]): Promise<void> {
    switch (verb) {
      case "CAPABILITY":
        return this.#sayBoth(`* CAPABILITY ${OFFERS}`, `${tag} OK that is all`);
      case "ID":
        return this.#sayBoth('* ID ("name" "Cadenza")', `${tag} OK pleased to meet you`);
      case "NOOP":
        return this.#tellNew().then(() => this.#say(`${tag} OK still here`));
      case "LOGOUT":
        return this.#say("* BYE until next time").then(() => this.#leave(`${tag} OK bye`));
      case "LOGIN":
        return this.#signIn(tag, tokenText(args[0]), tokenText(args[1]));
      case "AUTHENTICATE":
        return this.#authenticate(tag, tokenText(args[0]).toUpperCase(), tokenText(args[1]));
      default:
        return this.#idle(tag);
    }
  }

  async #answer(verb: string, args: readonly Token[]) {
    const byUid = verb === "UID";
    const name = byUid ? tokenText(args[0]).toUpperCase() : verb;
    const command = byUid && !BY_UID.has(name) ? undefined : COMMANDS[name];
    if (!command) return BAD;
    if (!this.#desk) return "NO sign in first";
    return command(this.#desk, byUid ? args.slice(1) : args, byUid);
  }

  async #authenticate(tag: string, method: string, first: string) {
    if (method !== "PLAIN" && method !== "XOAUTH2") return this.#say(`${tag} NO not that way`);
    const take = (word: string) => {
      const text = Buffer.from(word, "base64").toString();
      const [user = "", secret = ""] =
        method === "PLAIN"
          ? text.split("\0").slice(1)
          : text.split("\x01").map((part) => part.replace(/^(?:user=|auth=Bearer )/, ""));
      return this.#signIn(tag, user, secret);
    };
    if (first) return take(first);
    this.#awaits = async (line) => {
      this.#awaits = null;
      await take(line);
    };
    return this.#say("+ ");
  }

  async #signIn(tag: string, username: string, password: string) {
    const store = await this.#login(username, password);
    if (!store) return this.#say(`${tag} NO [AUTHENTICATIONFAILED] no such login`);
    this.#stopHearing();
    this.#desk = {
      store,
      view: null,
      say: (line) => this.#say(line),
      sayMail: (line) => this.#sayMail(line),
    };
    this.#stopHearing = store.onNew((folder) => {
      const isOurs = this.#isIdle && this.#desk?.view?.folder.path === folder;
      if (isOurs && this.#temper.idle === "decent") this.#enqueue(() => this.#tellNew());
    });
    return this.#say(`${tag} OK [CAPABILITY ${OFFERS}] welcome`);
  }

  async #idle(tag: string) {
    if (!this.#desk?.view) return this.#say(`${tag} BAD no folder is selected`);
    this.#isIdle = true;
    this.#awaits = async (line) => {
      if (this.#temper.idle === "deaf") return;
      this.#awaits = null;
      this.#isIdle = false;
      await this.#say(/^DONE$/i.test(line) ? `${tag} OK you are back` : `${tag} BAD that was no DONE`);
    };
    await this.#say("+ idling");
    if (this.#temper.idle === "decent") await this.#tellNew();
  }

  async #tellNew() {
    const view = this.#desk?.view;
    if (view && (await view.refresh())) await this.#say(`* ${view.count} EXISTS`);
  }

  async #sayMail(line: string) {
    const left = this.#temper.cutFetchAfter;
    if (left === null) return this.#say(line);
    this.#temper.cutFetchAfter = left > line.length ? left - line.length : null;
    if (left > line.length) return this.#say(line);
    await new Promise<void>((resolve) => this.#socket.write(line.slice(0, left), "latin1", () => resolve()));
    this.#socket.destroy();
  }

  async #sayBoth(one: string, other: string) {
    await this.#say(one);
    await this.#say(other);
  }

  /** Waits where the other side does not read as fast as we tell. */
  async #say(line: string) {
    if (!this.#socket.writable || this.#socket.write(`${line}\r\n`, "latin1")) return;
    await new Promise<void>((resolve) => {
      const go = () => {
        this.#socket.off("drain", go);
        this.#socket.off("close", go);
        resolve();
      };
      this.#socket.on("drain", go);
      this.#socket.on("close", go);
    });
  }

  async #leave(line: string) {
    if (this.#socket.writable) this.#socket.end(`${line}\r\n`);
  }
}
