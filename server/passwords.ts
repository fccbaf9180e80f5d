// Argon2id with the parameters OWASP asks for. The hash carries its own parameters, so they can be
// raised later and old hashes still verify.

import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { BUDGETS } from "./budgets.ts";
import { Refusal } from "./refusal.ts";

const MEMORY_KIB = 19_456;
const PASSES = 2;
const PARALLELISM = 1;
const TAG_LENGTH = 32;

type Parameters = { memory: number; passes: number; parallelism: number; salt: Buffer; tagLength: number };

const derive = promisify(argon2);

export async function hashPassword(password: string) {
  const salt = randomBytes(16);
  const tag = await tagOf(password, {
    memory: MEMORY_KIB,
    passes: PASSES,
    parallelism: PARALLELISM,
    salt,
    tagLength: TAG_LENGTH,
  });
  const parameters = `m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}`;
  return `$argon2id$v=19$${parameters}$${unpadded(salt)}$${unpadded(tag)}`;
}

/** Who may go first: strangers by the hundred keep nobody waiting who was here before. */
export type Turn = "first" | "last";

export async function isPassword(password: string, hash: string, turn: Turn = "last") {
  const match = hash.match(/^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/);
  if (!match) throw new Error("a stored password hash cannot be read");
  const [, memory, passes, parallelism, salt, tag] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const expected = Buffer.from(tag, "base64");
  const actual = await tagOf(
    password,
    {
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
      salt: Buffer.from(salt, "base64"),
      tagLength: expected.length,
    },
    turn,
  );
  return timingSafeEqual(actual, expected);
}

/** As long as verifying takes, for an account that is not there: absence must not show in the time. */
export async function pretendToVerify(password: string) {
  await tagOf(password, {
    memory: MEMORY_KIB,
    passes: PASSES,
    parallelism: PARALLELISM,
    salt: Buffer.alloc(16, 7),
    tagLength: TAG_LENGTH,
  });
}

// The same letters typed on another keyboard are the same password.
function tagOf(password: string, { salt, ...parameters }: Parameters, turn: Turn = "last"): Promise<Buffer> {
  return whenThereIsRoom(
    turn,
    () =>
      derive("argon2id", {
        message: Buffer.from(password.normalize("NFC"), "utf8"),
        nonce: salt,
        ...parameters,
      }) as Promise<Buffer>,
  );
}

const { atOnce, waiting: mostWaiting } = BUDGETS.hashing;
const waiting: Record<Turn, (() => void)[]> = { first: [], last: [] };
let running = 0;

/**
 * The process has four threads for this, for files and for the names of hosts, and names may take two of them. Sign-ins by
 * the hundred take one, one after the other, so that names are always looked up; beyond a line of them, others come back later.
 */
async function whenThereIsRoom<T>(turn: Turn, work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    const line = waiting[turn];
    if (line.length >= mostWaiting) throw new Refusal("too_many_sign_ins", { seconds: 5 });
    await new Promise<void>((begin) => line.push(begin));
  } else running++;
  try {
    return await work();
  } finally {
    const next = waiting.first.shift() ?? waiting.last.shift();
    if (next) next();
    else running--;
  }
}

function unpadded(bytes: Buffer) {
  return bytes.toString("base64").replace(/={1,2}$/, "");
}
