// A mail server in a process of its own, with an inbox for everybody who logs in. Each line on standard input, `<name> <round> <n>`,
// is an answer that comes to that inbox now.

import { createInterface } from "node:readline";
import { openImapServer } from "../server/catcher/imap-server.ts";
import { MemoryMail } from "../server/testing/imap-mailbox.ts";
import { answerNumber } from "./inbox-server.ts";

const inboxes = new Map<string, MemoryMail>();

function inboxOf(name: string) {
  const known = inboxes.get(name) ?? new MemoryMail();
  inboxes.set(name, known);
  return known;
}

const server = await openImapServer({ login: async (name) => inboxOf(name), tls: null });
createInterface({ input: process.stdin }).on("line", (line) => {
  const [name = "", round = "", n = "0"] = line.split(" ");
  inboxOf(name).deliver(answerNumber(round, Number(n)));
});
console.log(JSON.stringify({ port: server.port }));
