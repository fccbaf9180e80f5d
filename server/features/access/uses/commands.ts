// A thing cannot be deleted while other things name it: they would silently go on without it.

import type { Act } from "../../../app.ts";
import { codeWords } from "../../../kernel/code-words.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { viewerIn } from "../sharing/hiding.ts";
import { seenAmong } from "../sharing/store.ts";
import { holdForDeleting } from "./holding-store.ts";
import { NOUNS, type Noun } from "./places-store.ts";
import { type Use, usesOf } from "./uses-store.ts";

const MOST_NAMED = 3;

export async function refuseWhileUsed(
  act: Pick<Act, "db" | "caller">,
  noun: Noun,
  { id, name }: { id: string; name: string },
) {
  await holdForDeleting(act.db, act.caller.teamId, noun, id);
  const uses = await usesOf(act.db, act.caller.teamId, noun, id);
  if (uses.length === 0) return;
  const seen = await seenOf(act, uses);
  throw new Refusal(
    "still_in_use",
    { noun: NOUNS[noun], name, uses: inWords(seen, uses.length) },
    {
      used_by: seen.map(({ kind, ...use }) => ({ type: kind.replace(" ", "_"), id: use.id, name: use.name })),
    },
  );
}

/** Those that the caller may know of. */
async function seenOf({ db, caller }: Pick<Act, "db" | "caller">, uses: readonly Use[]) {
  const named = uses.flatMap(({ kind, id, joins }) => (kind === "sequence" ? [id] : (joins ?? [])));
  const sequences = await seenAmong(db, caller.teamId, named, viewerIn(caller));
  return uses.filter(({ kind, id, onlyFor, joins }) => {
    if (kind === "sequence") return sequences.has(id);
    if (kind === "workflow") return (joins ?? []).every((one) => sequences.has(one));
    return onlyFor === null || onlyFor === caller.userId || caller.role === "admin";
  });
}

function inWords(seen: readonly Use[], count: number) {
  const named = seen
    .slice(0, MOST_NAMED)
    .map(({ kind, name }) =>
      name === null
        ? say("the {kind}", { kind: codeWords(kind) })
        : say('the {kind} "{name}"', { kind: codeWords(kind), name }),
    );
  const more = count - named.length;
  if (named.length === 0)
    return say(
      "{count, plural, one {something that is hidden from you} other {# records that are hidden from you}}",
      { count },
    );
  return more > 0 ? say("{named} and {more} more", { named: named.join(", "), more }) : named.join(", ");
}
