// Under a team's tracking domain there are the links of emails and nothing else: a reader who opens its front page sees no sign-in of a
// program they do not know. A proxy may ask here which names it should get certificates for.

import { isIP } from "node:net";
import type { FastifyInstance } from "fastify";

/** Unsubscribing, openings, clicks, and the proof that the name leads here. */
const OF_EMAILS = /^\/(?:u|o|c|tracking-domain)\//;
const ASK_PATH = "/tracking-domain/ask";
const KNOWN_FOR_MS = 60_000;
const MOST_KNOWN = 1_000;
const LONGEST_NAME = 253;
const TEXT = "text/plain; charset=utf-8";

type Hosts = { publicUrl: string; isTrackingDomain(name: string): Promise<boolean> };

export function mountTrackingHosts(server: FastifyInstance, { publicUrl, isTrackingDomain }: Hosts) {
  const own = new URL(publicUrl).hostname;
  const isKnown = remembered(isTrackingDomain);

  server.addHook("onRequest", (request, reply, done) => {
    const name = request.hostname.toLowerCase();
    if (name === own || OF_EMAILS.test(request.url) || isInside(name)) return done();
    isKnown(name).then((isTracking) => {
      if (isTracking) reply.code(404).type(TEXT).send("There is nothing here.\n");
      else done();
    }, done);
  });

  // As Caddy asks before it gets a certificate for a name: on_demand_tls { ask … }.
  server.get(ASK_PATH, async (request, reply) => {
    const { text } = request.query as { text: string };
    const name = new URLSearchParams(text).get("domain")?.toLowerCase() ?? "";
    const isOurs = name === own || (name.length <= LONGEST_NAME && (await isKnown(name)));
    return reply
      .code(isOurs ? 200 : 404)
      .type(TEXT)
      .send(isOurs ? "yes\n" : "no\n");
  });
}

function isInside(name: string) {
  return name === "localhost" || !name.includes(".") || isIP(name.replace(/^\[|\]$/g, "")) > 0;
}

/** For a minute, and no more names than so many: anybody may ask for any. */
function remembered(find: (name: string) => Promise<boolean>) {
  const known = new Map<string, { until: number; answer: Promise<boolean> }>();
  return (name: string) => {
    const now = performance.now();
    const before = known.get(name);
    if (before && before.until > now) return before.answer;
    if (known.size >= MOST_KNOWN) known.clear();
    const answer = find(name);
    known.set(name, { until: now + KNOWN_FOR_MS, answer });
    answer.catch(() => known.delete(name)); // the next one asks again
    return answer;
  };
}
