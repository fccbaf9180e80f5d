// What works unattended may do what the person it acts for may, with the key or application it was last saved with. That is
// asked when it is saved, switched on and run, and again when it acts.

import type { Endpoint } from "@cadenza/contract";
import type { Act, Caller } from "../../../app.ts";
import { mayCall, refuseOutOfReach } from "../../../http/access.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import * as store from "./store.ts";

/** What is to be kept with what this caller saves. */
export function boundTo({ credential }: Pick<Caller, "credential">): store.BoundTo {
  return {
    apiKeyId: credential.kind === "key" ? credential.id : null,
    grantId: credential.kind === "token" ? credential.id : null,
  };
}

/** The engine acts for itself while it plants the sample. */
export function refuseBeyondRights(caller: Caller, calls: readonly Endpoint[]) {
  if (caller.credential.kind === "engine") return;
  for (const call of calls) {
    refuseOutOfReach(caller, call);
    refuseOutOfReach(inPerson(caller), call);
  }
}

/** Null where the key or the application has ended. A person who did it in the app has their own rights. */
async function actingWith(
  { db, caller }: Pick<Act, "db" | "caller">,
  { apiKeyId, grantId }: store.BoundTo,
): Promise<Caller | null> {
  if (apiKeyId !== null) {
    const key = await store.findKey(db, caller.teamId, apiKeyId);
    return key && { ...caller, credential: { kind: "key", id: apiKeyId, ...key } };
  }
  if (grantId !== null) {
    const grant = await store.findGrant(db, caller.teamId, grantId);
    return grant && { ...caller, credential: { kind: "token", id: grantId, ...grant } };
  }
  return inPerson(caller);
}

/** A master key lends a member no admin's rights for good: what is asked of the person counts as well. */
function inPerson(caller: Caller): Caller {
  return { ...caller, credential: { kind: "session", id: "" } };
}

export async function refuseEnded(asking: Pick<Act, "db" | "caller">, bound: store.BoundTo) {
  if (await hasEnded(asking, bound)) throw new Refusal("automation_key_ended");
}

/** Whether the key or the application is gone with which it was saved. */
export async function hasEnded(asking: Pick<Act, "db" | "caller">, bound: store.BoundTo) {
  return (await actingWith(asking, bound)) === null;
}

/** Whether it may have this done now. */
export async function mayHaveDone(
  asking: Pick<Act, "db" | "caller">,
  bound: store.BoundTo,
  calls: readonly Endpoint[],
) {
  const acting = await actingWith(asking, bound);
  return acting !== null && calls.every((call) => mayCall(acting, call) && mayCall(inPerson(acting), call));
}

/** The same for what is refused in words. */
export async function refuseBeyondBound(
  asking: Pick<Act, "db" | "caller">,
  bound: store.BoundTo,
  calls: readonly Endpoint[],
) {
  const acting = await actingWith(asking, bound);
  if (!acting) throw new Refusal("automation_key_ended");
  refuseBeyondRights(acting, calls);
}
