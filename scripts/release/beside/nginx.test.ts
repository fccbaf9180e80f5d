// Debian's nginx in front of Cadenza, as deploy/proxies/nginx.conf says.

import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readProxyFile, type Site, testBehind } from "./behind.ts";
import { runProgram } from "./program.ts";
import { withInstead } from "./with-instead.ts";

testBehind("nginx", (site) => {
  const place = mkdtempSync(join(site.folder, "nginx-"));
  chmodSync(place, 0o777);
  writeFileSync(join(place, "nginx.conf"), configuration(site, place));
  return runProgram("nginx", ["-p", place, "-c", join(place, "nginx.conf"), "-e", "stderr"], site.https);
});

/** Around the site, what a package of nginx has: here in a folder of the test. */
function configuration({ https, http, upstream, certificate, key }: Site, place: string) {
  const cadenza = withInstead(readProxyFile("nginx.conf"), {
    "listen 443 ": `listen 127.0.0.1:${https} `,
    "listen 80;": `listen 127.0.0.1:${http};`,
    "cadenza.example.com;": "localhost;",
    "127.0.0.1:3000": `127.0.0.1:${upstream}`,
    "/etc/letsencrypt/live/cadenza.example.com/fullchain.pem": certificate,
    "/etc/letsencrypt/live/cadenza.example.com/privkey.pem": key,
  });
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${join(place, name)};`,
  );
  return `daemon off; worker_processes 1; pid ${join(place, "nginx.pid")}; error_log stderr; events {}
http { access_log off; ${temporary.join(" ")} ${cadenza} }`;
}
