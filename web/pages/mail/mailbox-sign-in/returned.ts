// What the provider sent back with a person who signed in to a mailbox. Imported before the router, which drops what it does not know
// of an address. It is taken out of the address at once: the code is a secret, and no history or screenshot keeps it.

export type Returned = { state: string; code?: string; error?: string; error_description?: string };

const PATH = "/settings/mailboxes/signed-in";

let returned = read(location);
if (returned) history.replaceState(null, "", PATH);

function read({ pathname, search }: Location): Returned | null {
  if (pathname !== PATH) return null;
  const given = new URLSearchParams(search);
  const state = given.get("state");
  if (!state) return null;
  const [code, error, says] = ["code", "error", "error_description"].map((name) => given.get(name));
  return {
    state,
    ...(code && { code }),
    ...(error && { error: error.slice(0, 200) }),
    ...(says && { error_description: says.slice(0, 1000) }),
  };
}

/** Null after the first time: it works once. */
export function takeReturned(): Returned | null {
  const taken = returned;
  returned = null;
  return taken;
}
