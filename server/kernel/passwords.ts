// Argon2id with the parameters OWASP asks for. The hash carries its own parameters, so they can be
// raised later and old hashes still verify.

import { argon2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { BUDGETS } from "./budgets.ts";
import { Refusal } from "./refusal.ts";
import type { Secrets } from "./secrets.ts";

const MEMORY_KIB = 19_456;
const PASSES = 2;
const PARALLELISM = 1;
const TAG_LENGTH = 32;
const SALT_LENGTH = 16;

type Parameters = { memory: number; passes: number; parallelism: number; salt: Buffer; tagLength: number };

const OURS = { memory: MEMORY_KIB, passes: PASSES, parallelism: PARALLELISM, tagLength: TAG_LENGTH };

const derive = promisify(argon2);

/**
 * All accounts of an email address have one salt, so that one hash tells which of them a password belongs to, however many
 * there are. It is made with the key for digests: nobody can work out hashes before they have that key.
 */
export function saltOf({ digest }: Pick<Secrets, "digest">, email: string) {
  return digest(`salt of ${email.toLowerCase()}`).subarray(0, SALT_LENGTH);
}

export async function hashPassword(password: string, salt: Buffer) {
  const tag = await tagOf(password, { ...OURS, salt });
  return `${beginningWith(salt)}${unpadded(tag)}`;
}

/** Who may go first: hundreds of strangers do not delay users who were here before. */
export type Turn = "first" | "last";

export async function isPassword(password: string, hash: string) {
  return (await whichPassword(password, [hash])) === 0;
}

/**
 * The place of the first of these hashes that the password belongs to, or -1. Each salt costs one hash, and no hash at all
 * costs as much as one: the time shows neither how many accounts there are nor whether there is an account.
 */
export async function whichPassword(password: string, hashes: readonly string[], turn: Turn = "last") {
  if (hashes.length === 0) await tagOf(password, { ...OURS, salt: Buffer.alloc(SALT_LENGTH, 7) }, turn);
  const tags = new Map<string, Buffer>();
  const are: boolean[] = [];
  for (const hash of hashes) {
    const { settings, expected } = partsOf(hash);
    const key = hash.slice(0, hash.lastIndexOf("$"));
    const actual = tags.get(key) ?? (await tagOf(password, settings, turn));
    tags.set(key, actual);
    are.push(timingSafeEqual(actual, expected));
  }
  return are.indexOf(true);
}

/** False for a hash that was made when each account had a salt of its own, or at another cost. */
export function isMadeAsToday(hash: string, salt: Buffer) {
  return hash.startsWith(beginningWith(salt));
}

function beginningWith(salt: Buffer) {
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}$${unpadded(salt)}$`;
}

function partsOf(hash: string): { settings: Parameters; expected: Buffer } {
  const match = hash.match(/^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/);
  if (!match) throw new Error("a stored password hash cannot be read");
  const [, memory, passes, parallelism, salt = "", tag = ""] = match;
  const expected = Buffer.from(tag, "base64");
  const settings = {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, "base64"),
    tagLength: expected.length,
  };
  return { settings, expected };
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
