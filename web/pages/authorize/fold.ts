// Runs before everything else: once the router has looked, what it does not know of the address is gone.

import { foldedAddress } from "./request.ts";

const folded = foldedAddress(location);
if (folded) history.replaceState(null, "", folded);

// Behind the # nothing is loaded anew: whoever has Cadenza open and follows Apollo's address stays on the page.
addEventListener("hashchange", () => {
  const to = foldedAddress(location);
  if (to) location.replace(to);
});
