// The unsubscribe link, and what a mail program posts to it for its reader (RFC 8058). Looking changes nothing.

import type { App } from "../../../app.ts";
import type { Visit, VisitAnswer, VisitRoute } from "../../../http/route.ts";
import {
  type Chosen,
  chooseBy,
  isOfTest,
  type LinkReader,
  readBy,
  type UnsubscribeChoice,
} from "./by-link.ts";
import { PAGE_HEADERS, type UnsubscribeView, unsubscribePage } from "./page.ts";
import { mayChoose } from "./readers.ts";
import { readNamed } from "./referring.ts";

export const visits: VisitRoute[] = [
  {
    name: "unsubscribe/show",
    path: "/u/:token",
    methods: ["GET", "HEAD"],
    async handle({ app, params }) {
      const reader = await readBy(app, params.token ?? "");
      return reader ? answer(viewOf(reader), reader) : withoutReader(app, params.token ?? "");
    },
  },
  {
    name: "unsubscribe/choose",
    path: "/u/:token",
    methods: ["POST"],
    async handle(visit) {
      const choice = choiceIn(visit);
      const chosen = await chooseBy(visit.app, visit.origin, visit.params.token ?? "", choice);
      return chosen
        ? answer(viewAfter(choice, chosen), chosen)
        : withoutReader(visit.app, visit.params.token ?? "");
    },
  },
];

/** Whatever else is posted here, by a mail program or by hand, asks for no more mails. */
function choiceIn({ form }: Visit): UnsubscribeChoice {
  const { choice } = form;
  if (choice === "sequence" || choice === "back" || choice === "pause") return { is: choice };
  if (choice === "other") return { is: "other", named: readNamed(form.name, form.email) };
  return { is: "all" };
}

function viewAfter(choice: UnsubscribeChoice, chosen: Chosen): UnsubscribeView {
  switch (choice.is) {
    case "all":
      return "leftAll";
    case "sequence":
      return "leftSequence";
    case "back":
      if (chosen.hasEffect && chosen.isOut) return "isOut"; // another source has opted them out too
      return chosen.hasEffect ? "cameBack" : "cannotComeBack";
    case "pause":
      return chosen.hasEffect ? "paused" : viewOf(chosen);
    case "other":
      if (!mayChoose(chosen.letter)) return viewOf(chosen);
      return choice.named === null ? "nobodyNamed" : "referred";
  }
}

function viewOf({ letter, isOut, pausedUntil }: LinkReader): UnsubscribeView {
  if (isOut) return "isOut";
  if (letter.toEmail === null) return "gone";
  return pausedUntil ? "isPaused" : "asked";
}

function answer(view: UnsubscribeView, { letter, canComeBack, isOut, pausedUntil }: LinkReader): VisitAnswer {
  const shown = {
    teamName: letter.teamName,
    senderName: letter.fromName,
    senderEmail: letter.fromEmail,
    address: letter.toEmail,
    goesOn: letter.isEnrolled && !letter.isCopy,
    mayChoose: mayChoose(letter) && !isOut,
    pausedUntil,
    canComeBack,
  };
  return page(200, unsubscribePage(view, shown));
}

/** A test email unsubscribes nobody. Its mail program is told that all went well, as for every email. */
async function withoutReader(app: App, token: string) {
  return (await isOfTest(app, token))
    ? page(200, unsubscribePage("isTest", null))
    : page(404, unsubscribePage("unknown", null));
}

function page(status: number, body: string): VisitAnswer {
  return { status, type: "text/html; charset=utf-8", headers: PAGE_HEADERS, body };
}
