// Debian's Caddy in front of Cadenza, as deploy/proxies/Caddyfile says.

import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readProxyFile, type Site, testBehind } from "./behind.ts";
import { runProgram } from "./program.ts";
import { withInstead } from "./with-instead.ts";

testBehind("caddy", (site) => {
  const place = mkdtempSync(join(site.folder, "caddy-"));
  chmodSync(place, 0o777);
  const file = join(place, "Caddyfile");
  writeFileSync(file, configuration(site));
  const args = ["run", "--adapter", "caddyfile", "--config", file];
  return runProgram("caddy", args, site.https, { HOME: place, XDG_DATA_HOME: place, XDG_CONFIG_HOME: place });
});

/** The certificate is given here: the public authority that Caddy asks by itself is not on this machine. */
function configuration({ https, http, upstream, certificate, key }: Site) {
  const cadenza = withInstead(readProxyFile("Caddyfile"), {
    "cadenza.example.com {": `localhost:${https} {\n\ttls ${certificate} ${key}`,
    "127.0.0.1:3000": `127.0.0.1:${upstream}`,
  });
  return `{\n\tadmin off\n\thttp_port ${http}\n\thttps_port ${https}\n}\n\n${cadenza}`;
}
