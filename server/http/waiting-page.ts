// What is answered while the database is moved to a newer PostgreSQL, which may take an hour: that Cadenza lives, so that nothing
// restarts it meanwhile, and how far it is. It opens with the first progress, so no other start has it.

import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { say, spokenLanguage } from "../kernel/say.ts";
import { inLanguageOfReader } from "./spoken-language.ts";

export type Progress = { to: string; percent: number };

type WaitingPage = { show(progress: Progress): void; close(): Promise<void> };

const RELOAD_SECONDS = 5;
const STYLE =
  ":root{color-scheme:light dark}body{font:16px/1.55 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1.5rem}" +
  "h1{font-size:1.375rem}progress{width:100%;accent-color:#4f46e5}";
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

export function openWaitingPage({ port, host }: { port: number; host: string }): WaitingPage {
  let server: Server | null = null;
  let latest: Progress | null = null;
  return {
    show(progress) {
      latest = progress;
      server ??= listeningAt(port, host, (request, response) =>
        answer(request, response, latest ?? progress),
      );
    },
    async close() {
      const open = server;
      server = null;
      if (!open) return;
      open.closeAllConnections();
      await new Promise((resolve) => open.close(resolve));
    },
  };
}

/** Where it cannot listen, the database is moved without it. */
function listeningAt(
  port: number,
  host: string,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
) {
  const server = createServer(handle);
  server.on("error", () => {});
  return server.listen({ port, host });
}

function answer(
  { url = "/", headers }: IncomingMessage,
  response: ServerResponse,
  { to, percent }: Progress,
) {
  if (url === "/health/live")
    return send(response, 200, "application/json", JSON.stringify({ status: "live" }));
  inLanguageOfReader(headers, () => {
    const says = say(
      "Cadenza moves its database to PostgreSQL {version}: {percent} % is done. Emails wait, and nothing is lost.",
      {
        version: to,
        percent,
      },
    );
    const wantsPage = headers.accept?.includes("text/html") ?? false;
    if (wantsPage) return send(response, 503, "text/html; charset=utf-8", pageOf(says, percent));
    const what =
      url === "/health/ready" ? { status: "upgrading", says } : { error: says, error_code: "busy" };
    send(response, 503, "application/json", JSON.stringify(what));
  });
}

function send(response: ServerResponse, status: number, type: string, body: string) {
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'`,
    ...(status === 503 && { "retry-after": String(RELOAD_SECONDS) }),
  });
  response.end(body);
}

function pageOf(says: string, percent: number) {
  const title = say("Cadenza is being upgraded");
  return `<!doctype html>
<html lang="${spokenLanguage()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${RELOAD_SECONDS}"><title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1><p>${says}</p><progress max="100" value="${percent}" aria-label="${title}"></progress>
<p>${say("This page reloads by itself.")}</p></main></body></html>
`;
}
