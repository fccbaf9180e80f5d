// The picture that tells that a mail was opened, and the links that are counted. A link leads where it led when the mail was
// written, or nowhere: nothing in what is asked says where to.

import type { Visit, VisitAnswer, VisitRoute } from "../../../http/route.ts";
import { followLink, noteOpen, type TrackingClient } from "./commands.ts";

// One pixel that shows nothing, as small as a GIF gets.
const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

export const visits: VisitRoute[] = [
  {
    name: "tracking/open",
    path: "/o/:file",
    methods: ["GET", "HEAD"],
    async handle(visit) {
      const token = /^(.+)\.gif$/.exec(visit.params.file ?? "")?.[1] ?? "";
      const isThere = await noteOpen(visit.app, visit.origin, token, visitorIn(visit));
      return isThere ? { status: 200, type: "image/gif", body: PIXEL } : nowhere();
    },
  },
  {
    name: "tracking/click",
    path: "/c/:token/:link",
    methods: ["GET", "HEAD"],
    async handle(visit) {
      const { token = "", link = "" } = visit.params;
      if (!/^[1-9]\d{0,3}$/.test(link)) return nowhere();
      const target = await followLink(
        visit.app,
        visit.origin,
        { token, link: Number(link) },
        visitorIn(visit),
      );
      if (target === null) return nowhere();
      return { status: 302, type: null, headers: { location: target }, body: "" };
    },
  },
];

function visitorIn({ method, header }: Visit): TrackingClient {
  const purpose = ["sec-purpose", "purpose", "x-purpose", "x-moz"].flatMap((name) => header(name) ?? []);
  return { method, userAgent: header("user-agent"), purpose: purpose.join(" ") || null };
}

function nowhere(): VisitAnswer {
  return { status: 404, type: "text/plain; charset=utf-8", body: "This link does not work.\n" };
}
