// Transmits one mail over an open session, its final dot held back until the gate releases it, and reports the
// outcome.
//
// The verdict comes from our own record alone: was the dot sent, and which replies were read. What the library threw
// decides nothing, since it throws the same for a line lost before the dot and after.

import { crashPoint } from "../seams.ts";
import { needsUtf8, wireAddress } from "./envelope.ts";
import { HeldBody, type MayRelease } from "./held-body.ts";
import type { MailLogin } from "./mail-server.ts";
import { queueIdIn, type RefusedMail, type SendOutcome } from "./outcome.ts";
import type { SendPhase } from "./phases.ts";
import type { PreparedMail } from "./prepared-mail.ts";
import { quoted } from "./server-said.ts";
import type { Session, SessionEnd } from "./session.ts";

export type DraftIds = { id: string; messageId: string | null; threadId: string | null };

export type Hooks = {
  /** Told when each phase begins. On a connection that was open already, the first is `mail`. */
  onPhase?: (phase: SendPhase) => void;
  /**
   * Asked once, when everything but the dot is written. True lets it go. It is awaited to its end even when the
   * connection is lost meanwhile: then the outcome says so, and whatever was booked for the mail can be taken back.
   */
  mayRelease: MayRelease;
  /**
   * Told before `mayRelease` is asked, where the provider keeps a draft until it is sent. Once this is over, its id is known
   * whatever happens; `messageId` is the provider's, where it is another one than ours.
   */
  onDraft?: (draft: DraftIds) => Promise<void>;
};

export async function transmitOver(
  session: Session,
  mail: PreparedMail,
  hooks: Hooks,
  login: MailLogin | null,
): Promise<SendOutcome> {
  const wish = envelopeFor(mail, session);
  if ("kind" in wish) return wish;
  const body = new HeldBody(mail.raw, session, hooks.mayRelease);
  session.dialogue.begin();
  session.onPhase = hooks.onPhase ?? (() => {});
  try {
    const sent = await session.send(wish, body);
    if (body.state === "asking") session.close("unreadable"); // answered before it was asked
    await body.finished;
    const outcome = judge(session, body, login, sent?.serverMessageId ?? null);
    await crashPoint("reply-read");
    return outcome;
  } catch (cause) {
    session.close("our_error");
    if (body.state !== "released") throw cause;
    return { kind: "ambiguous", why: "our_error", detail: null, cause };
  } finally {
    session.onPhase = () => {};
  }
}

function judge(session: Session, body: HeldBody, login: MailLogin | null, newId: string | null): SendOutcome {
  if (body.state === "released") return judgeReleased(session, login, newId);
  if (body.state === "held") return { kind: "held_back" };
  return refusalIn(session, login) ?? notStarted(session);
}

function judgeReleased(session: Session, login: MailLogin | null, newMessageId: string | null): SendOutcome {
  const reply = session.dialogue.replyIn("dot");
  if (!reply || (reply.code >= 300 && reply.code < 400)) {
    session.close("unreadable");
    const { why, detail } = reasonOf(session.ending);
    return { kind: "ambiguous", why, detail };
  }
  if (reply.code >= 400) return refused(reply, login);
  const serverSaid = quoted(reply.text, login);
  const queueId = queueIdIn(reply.text.slice(4));
  return { kind: "accepted", serverSaid, queueId, newMessageId };
}

/** The mailbox or the mail was refused, in so many words. */
export function refusalIn(session: Session, login: MailLogin | null): RefusedMail | null {
  const reply = session.dialogue.firstRefusal();
  return reply && refused(reply, login);
}

export function notStarted(session: Session): SendOutcome {
  const { phase } = session;
  session.close("unreadable"); // no reply said no, and still it did not go on
  return { kind: "not_started", phase, ...reasonOf(session.ending) };
}

function refused(
  { phase, code, enhanced, text }: { phase: SendPhase; code: number; enhanced: string | null; text: string },
  login: MailLogin | null,
): RefusedMail {
  return {
    kind: "refused",
    phase,
    permanent: code >= 500,
    code,
    enhanced,
    serverSaid: quoted(text, login),
  };
}

function reasonOf(ending: SessionEnd | null) {
  const { why, detail } = ending ?? { why: "closed", detail: null };
  const isOurs = why === "held_back" || why === "our_error" || why === "done";
  return { why: isOurs ? ("closed" as const) : why, detail };
}

/** As the server will be told. What it has said it cannot take is refused here, without bothering it. */
function envelopeFor({ envelope, raw, messageId }: PreparedMail, session: Session) {
  const from = wireAddress(envelope.from);
  const to = wireAddress(envelope.to);
  if (!from) return refusedByUs("mail", "5.1.7");
  if (!to) return refusedByUs("rcpt", "5.1.3");
  const { offers } = session.dialogue;
  const isUtf8 = needsUtf8(from) || needsUtf8(to);
  if (isUtf8 && !/^\d+[ -]SMTPUTF8\s*$/im.test(offers)) return refusedByUs("mail", "5.6.7");
  const most = Number(/^\d+[ -]SIZE[ \t]+(\d{1,15})/im.exec(offers)?.[1] ?? 0);
  if (most > 0 && raw.length > most) return refusedByUs("mail", "5.3.4");
  return { from, to, size: raw.length, envelopeId: messageId.replace(/[<>]/g, "") };
}

function refusedByUs(phase: SendPhase, enhanced: string): RefusedMail {
  return { kind: "refused", phase, permanent: true, code: null, enhanced, serverSaid: null };
}

/** Whether the conversation ended where it should, so that another mail may follow on the same connection. */
export function mayGoOn(outcome: SendOutcome) {
  if (outcome.kind === "accepted") return true;
  return (
    outcome.kind === "refused" && outcome.code !== 421 && outcome.phase !== "body" && outcome.phase !== "gate"
  );
}
