// One connection to the recording sink.

import type { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import tls from "node:tls";
import { certificate } from "./post-office.ts";
import type { Temper, Unanswered } from "./sink.ts";
import { SmtpReader } from "./smtp-reader.ts";

const OFFERS = ["PIPELINING", "SIZE 52428800", "8BITMIME", "SMTPUTF8", "DSN", "ENHANCEDSTATUSCODES"];

export class SinkSession {
  #socket: Socket;
  #isSecure: boolean;
  readonly #temper: Temper;
  readonly #reader: SmtpReader;
  #login: string | null = null;
  #awaits: "username" | "password" | null = null;
  #from = "";
  #to: string[] = [];

  constructor(socket: Socket, temper: Temper) {
    this.#socket = socket;
    this.#temper = temper;
    this.#isSecure = temper.security === "tls";
    this.#reader = new SmtpReader({
      command: (line) => this.#hear(line),
      body: () => {
        if (this.#temper.hangUp === "body") this.#socket.destroy();
      },
      end: (body) => void (this.#temper.hangUp === "body" ? this.#cut(body) : this.#take(body)),
    });
    this.#listen();
    socket.once("close", () => this.#noteCut());
    this.#say(this.#refusal("greeting") ?? "220 sink ready");
  }

  #noteCut() {
    const { unended } = this.#reader;
    if (unended && unended.length > 0)
      this.#temper.noteUnanswered({ what: "cut", message_id: lineFrom(unended).message_id });
  }

  /** All of it came at once, its dot too. */
  #cut(body: Buffer) {
    this.#socket.destroy();
    this.#temper.noteUnanswered({ what: "cut", message_id: lineFrom(body).message_id });
  }

  #listen() {
    this.#socket.on("data", (chunk: Buffer) => this.#reader.feed(chunk));
  }

  #say(line: string) {
    if (this.#socket.writable) this.#socket.write(`${line}\r\n`);
  }

  #hear(line: string) {
    if (this.#awaits) return this.#signIn(line);
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "EHLO") return this.#offer();
    if (verb === "STAR") return this.#upgrade();
    if (verb === "AUTH") return this.#auth(line.split(" "));
    if (verb === "MAIL") return this.#mail(addressIn(line));
    if (verb === "RCPT") return this.#rcpt(addressIn(line));
    if (verb === "DATA") return this.#data();
    if (verb === "QUIT") return void this.#socket.end("221 2.0.0 bye\r\n");
    if (verb === "RSET") this.#forget();
    this.#say(verb === "RSET" || verb === "HELO" || verb === "NOOP" ? "250 2.0.0 ok" : "502 5.5.1 what?");
  }

  #offer() {
    const isUpgradable = this.#temper.security === "starttls" && !this.#isSecure;
    const lines = ["sink", ...OFFERS, "AUTH PLAIN LOGIN XOAUTH2", ...(isUpgradable ? ["STARTTLS"] : [])];
    this.#say(lines.map((line, i) => `250${i === lines.length - 1 ? " " : "-"}${line}`).join("\r\n"));
  }

  #upgrade() {
    if (this.#temper.security !== "starttls" || this.#isSecure) return this.#say("502 5.5.1 not here");
    this.#say("220 2.0.0 go on");
    this.#reader.forget();
    this.#socket.removeAllListeners("data");
    this.#isSecure = true;
    this.#socket = new tls.TLSSocket(this.#socket, { isServer: true, ...certificate("localhost") });
    this.#socket.on("error", () => {});
    this.#listen();
  }

  #auth([, method = "", word]: string[]) {
    const read = (text = "") => Buffer.from(text, "base64").toString();
    if (/^PLAIN$/i.test(method)) {
      const [, user = "", password = ""] = read(word).split("\0");
      return this.#judge(user, password);
    }
    if (/^XOAUTH2$/i.test(method)) {
      const [user = "", token = ""] = read(word).split("\x01");
      return this.#judge(user.replace("user=", ""), token.replace("auth=Bearer ", ""));
    }
    this.#awaits = "username";
    this.#say("334 VXNlcm5hbWU6");
  }

  #signIn(line: string) {
    const text = Buffer.from(line, "base64").toString();
    const isName = this.#awaits === "username";
    this.#awaits = isName ? "password" : null;
    if (!isName) return this.#judge(this.#login ?? "", text);
    this.#login = text;
    this.#say("334 UGFzc3dvcmQ6");
  }

  #judge(login: string, password: string) {
    this.#login = login;
    const known = this.#temper.password;
    const wrong = known !== null && known !== password ? "535 5.7.8 no such login" : null;
    this.#say(this.#refusal("auth") ?? wrong ?? "235 2.7.0 welcome");
  }

  #mail(from: string) {
    const refusal = this.#refusal("mail");
    this.#forget();
    if (!refusal) this.#from = from || "<>";
    this.#say(refusal ?? "250 2.1.0 ok");
  }

  #rcpt(to: string) {
    const refusal = this.#from ? this.#refusal("rcpt", to) : "503 5.5.1 from whom?";
    if (!refusal) this.#to.push(to);
    this.#say(refusal ?? "250 2.1.5 ok");
  }

  #data() {
    const refusal = this.#to.length > 0 ? this.#refusal("data") : "503 5.5.1 for whom?";
    if (!refusal) this.#reader.expectBody();
    // Not when the body is read: a sink that is slow may find its dot beside it.
    if (!refusal && this.#temper.hangUp === "354")
      return void this.#socket.end("354 go on\r\n", () => this.#socket.destroy());
    this.#say(refusal ?? "354 go on");
  }

  async #take(body: Buffer) {
    const { fate, store } = this.#temper;
    const line = { ...lineFrom(body), rcpt: this.#to[0] ?? "", nrcpt: this.#to.length, from: this.#from };
    const { beforeMs, afterMs, isDroppedBefore, refusal, isDroppedAfter, isSilent } = fate(line.rcpt);
    const login = this.#login;
    this.#forget();
    await rest(beforeMs);
    const unanswered = (what: Unanswered["what"]) =>
      this.#temper.noteUnanswered({ what, message_id: line.message_id });
    if (isDroppedBefore) return this.#drop(() => unanswered("dropped before"));
    if (refusal && !this.#socket.writable) return unanswered("gone");
    if (refusal) return this.#say(refusal);
    const n = await store({ ...line, login, bytes: body.length }); // though the sender be gone: it sent its dot
    await rest(afterMs);
    if (isDroppedAfter) return this.#drop(() => unanswered("dropped after"));
    if (isSilent) return unanswered("silent");
    this.#say(`250 2.0.0 Ok: queued as SINK${n}`);
    if (this.#temper.hangUp === "answered") this.#socket.end();
  }

  #drop(note: () => void) {
    note();
    this.#socket.destroy();
  }

  #refusal(phase: string, address = "") {
    if (this.#temper.hangUp === phase) this.#socket.destroy();
    return this.#temper.refusal(phase, address);
  }

  #forget() {
    this.#from = "";
    this.#to = [];
  }
}

function rest(ms: number) {
  return ms > 0 ? wait(ms) : undefined;
}

function addressIn(line: string) {
  return /<([^>]*)>/.exec(line)?.[1] ?? "";
}

/** What a witness notes of an email. */
export function lineFrom(body: Buffer) {
  const text = body.toString("latin1");
  const split = text.indexOf("\r\n\r\n");
  const head = `\r\n${text.slice(0, split).replace(/\r\n[ \t]+/g, " ")}`;
  const header = (name: string) =>
    new RegExp(`\\r\\n${name}: *([^\\r]*)`, "i").exec(head)?.[1]?.trim() ?? null;
  const tokens = tokensIn(text.slice(split + 4));
  const [, contact = null, step = null] = tokens[0]?.split(":") ?? [];
  return {
    message_id: header("message-id"),
    in_reply_to: header("in-reply-to"),
    tokens,
    contact_token: contact,
    step_token: step,
    has_unsub: header("list-unsubscribe") !== null,
    has_post: header("list-unsubscribe-post") !== null,
  };
}

const TOKEN = /T:[\w.-]+:[\w.-]+/g;

/** Every token once, however the part that has it is encoded. */
function tokensIn(body: string) {
  const found = body.replace(/=\r\n/g, "").match(TOKEN) ?? decoded(body).match(TOKEN) ?? [];
  return [...new Set(found)];
}

function decoded(body: string) {
  const blocks = body.match(/(?:^|\r\n)(?:[A-Za-z0-9+/]{2,}={0,2}(?:\r\n|$))+/g) ?? [];
  return blocks.map((block) => Buffer.from(block.replace(/\s/g, ""), "base64").toString()).join("\n");
}
