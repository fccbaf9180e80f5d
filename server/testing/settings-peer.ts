// The HTTPS server of a domain that publishes settings for mail programs, under any name that the test's certificate is for.

import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { certificate } from "./post-office.ts";

type Page = { status?: number; body?: string; location?: string };

type SettingsPeer = {
  port: number;
  /** By host and path without what is asked. */
  pages: Map<string, Page | "silent">;
  /** `GET autoconfig.norrland.test/mail/config-v1.1.xml?…` and what was sent. */
  asked: { line: string; body: string }[];
  close(): Promise<void>;
};

export async function openSettingsPeer(): Promise<SettingsPeer> {
  const pages: SettingsPeer["pages"] = new Map();
  const asked: SettingsPeer["asked"] = [];
  const server = createServer(certificate("settings"), async (request, response) => {
    const host = request.headers.host?.split(":")[0] ?? "";
    const path = request.url ?? "";
    let body = "";
    for await (const chunk of request) body += chunk;
    asked.push({ line: `${request.method} ${host}${path}`, body });
    const page = pages.get(`${host}${path.split("?")[0]}`) ?? { status: 404 };
    if (page === "silent") return;
    const { status = 200, location } = page;
    response.writeHead(status, location ? { location } : {}).end(page.body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    pages,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** As hosters publish it: Mozilla's format. */
export function autoconfigFile({ smtp, imap }: { smtp: string; imap?: string }) {
  const server = (tag: string, type: string, place: string) => {
    const [host, port] = place.split(":");
    return `<${tag} type="${type}"><hostname>${host}</hostname><port>${port}</port><socketType>SSL</socketType>
      <username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></${tag}>`;
  };
  return `<?xml version="1.0" encoding="UTF-8"?><clientConfig version="1.1"><emailProvider id="hoster">
    ${imap ? server("incomingServer", "imap", imap) : ""}${server("outgoingServer", "smtp", smtp)}
    </emailProvider></clientConfig>`;
}
