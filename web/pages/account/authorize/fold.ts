// Runs before everything else: once the router has looked, what it does not know of the address is gone.

import { foldedAddress } from "./request.ts";

const folded = foldedAddress(location);
if (folded) history.replaceState(null, "", folded);

// The browser loads nothing anew for what is behind the #: a user who follows Apollo's address from an open page stays on
// it.
addEventListener("hashchange", () => {
  const to = foldedAddress(location);
  if (to) location.replace(to);
});
