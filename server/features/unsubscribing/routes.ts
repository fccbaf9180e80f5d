// The unsubscribe link, and what a mail program posts to it for its reader (RFC 8058). Looking changes nothing.

import type { Visit, VisitAnswer, VisitRoute } from "../../http/route.ts";
import { type Choice, chooseBy, type Reader, readBy } from "./by-link.ts";
import { PAGE_HEADERS, pageOf, type View } from "./page.ts";

export const visits: VisitRoute[] = [
  {
    name: "unsubscribe/show",
    path: "/u/:token",
    methods: ["GET", "HEAD"],
    async handle({ app, params }) {
      const reader = await readBy(app, params.token ?? "");
      return reader ? answer(viewOf(reader), reader) : nowhere();
    },
  },
  {
    name: "unsubscribe/choose",
    path: "/u/:token",
    methods: ["POST"],
    async handle(visit) {
      const choice = choiceIn(visit);
      const chosen = await chooseBy(visit.app, visit.origin, visit.params.token ?? "", choice);
      return chosen ? answer(VIEWS[choice](chosen.hasEffect), chosen) : nowhere();
    },
  },
];

/** Whatever else is posted here, by a mail program or by hand, asks for no more mails. */
function choiceIn({ form }: Visit): Choice {
  const { choice } = form;
  return choice === "sequence" || choice === "back" ? choice : "all";
}

const VIEWS: Record<Choice, (hasEffect: boolean) => View> = {
  all: () => "leftAll",
  sequence: () => "leftSequence",
  back: (hasEffect) => (hasEffect ? "cameBack" : "cannotComeBack"),
};

function viewOf({ letter, isOut }: Reader): View {
  if (isOut) return "isOut";
  return letter.toEmail === null ? "gone" : "asked";
}

function answer(view: View, { letter, canComeBack }: Reader): VisitAnswer {
  const shown = {
    teamName: letter.teamName,
    senderName: letter.fromName,
    senderEmail: letter.fromEmail,
    address: letter.toEmail,
    goesOn: letter.isEnrolled && !letter.isCopy,
    canComeBack,
  };
  return page(200, pageOf(view, shown));
}

function nowhere() {
  return page(404, pageOf("unknown", null));
}

function page(status: number, body: string): VisitAnswer {
  return { status, type: "text/html; charset=utf-8", headers: PAGE_HEADERS, body };
}
