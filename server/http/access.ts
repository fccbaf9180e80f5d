// Whether this caller may make this call at all. Whether they may touch this record is the command's
// question, in the domain's words.

import { type Endpoint, scopeName } from "@cadenza/contract";
import type { Caller } from "../app.ts";
import { Refusal } from "../kernel/refusal.ts";
import { say } from "../kernel/say.ts";

export function refuseOutOfReach(caller: Caller, endpoint: Endpoint, isDryRun = false) {
  if (mayCall(caller, endpoint) || (isDryRun && mayTry(caller, endpoint))) return;
  const scope = scopeName(endpoint);
  switch (caller.credential.kind) {
    case "key":
      throw scopeMissing(endpoint);
    case "token":
      throw new Refusal("token_scope_missing", { scope });
    default:
      throw new Refusal("admin_only");
  }
}

/** With the name of the call as the screen for keys shows it, or what else is needed where no key can be given the call. */
export function scopeMissing(endpoint: Endpoint) {
  const otherFix = fixWithoutScope(endpoint);
  const facts = { scope: scopeName(endpoint), call: endpoint.summary };
  return new Refusal("scope_missing", facts, otherFix === null ? {} : { fix: otherFix });
}

function fixWithoutScope({ access }: Endpoint) {
  switch (access) {
    case "master":
    case "admin":
      return say("Create a key with full access (master key) under Settings, API keys.");
    case "operator":
      return say(
        "Use the key of CADENZA_BOOTSTRAP_KEY, or sign in as the user who set up this installation.",
      );
    case "person":
      return say("Sign in to the web app. No API key may make this call.");
    default:
      return null;
  }
}

/** Whether they may make it, whatever they then find. */
export function mayCall({ credential, role, isOperator }: Caller, endpoint: Endpoint) {
  if (credential.kind === "token") return isGranted(credential.scopes, endpoint);
  const isMaster = credential.kind === "key" && credential.isMaster;
  const isPerson = credential.kind === "session";
  switch (endpoint.access) {
    case "open":
    case "known":
      return true;
    case "scoped":
      return isMaster || isPerson || (credential.kind === "key" && holdsScope(credential.scopes, endpoint));
    case "master":
      return isMaster || isPerson;
    case "admin":
      return isMaster || (isPerson && role === "admin");
    case "operator":
      return isOperator && (isMaster || isPerson);
    case "person":
      return isPerson;
  }
}

/** Whether the key names the scope by which it may make the call as a dry run. */
export function mayTry({ credential }: Caller, { dryRunScope }: Endpoint) {
  return (
    credential.kind === "key" &&
    dryRunScope !== undefined &&
    credential.scopes.includes(scopeName(dryRunScope))
  );
}

/** Applications may not do what only admins and the operator do, nor what a user decides for themselves. */
function isGranted(scopes: readonly string[], { access, effect, oauth }: Endpoint) {
  if (access === "open" || access === "known") return true;
  if (oauth !== undefined && scopes.includes(oauth)) return true;
  if (access !== "scoped" && oauth === undefined) return false;
  return scopes.includes("app_scopes") || (effect === "read" && scopes.includes("read_only"));
}

/** `read_only` stands for every call that changes nothing. */
function holdsScope(scopes: readonly string[], endpoint: Endpoint) {
  return scopes.includes(scopeName(endpoint)) || (endpoint.effect === "read" && scopes.includes("read_only"));
}
