// The page behind the link in a mail: one page without a script, a picture or a request to another site, calm in
// light and in dark. It names only the sender, and shows the address so that only its owner recognizes it.

import { createHash } from "node:crypto";
import { say, spokenLanguage, spokenRegion } from "../../../kernel/say.ts";

type UnsubscribePageContent = {
  teamName: string;
  senderName: string | null;
  senderEmail: string | null;
  address: string | null;
  /** Whether the series this mail belongs to would go on. */
  goesOn: boolean;
  /** Whether they can pause and name another person: only the main recipient, while not deleted. */
  mayChoose: boolean;
  pausedUntil: Temporal.Instant | null;
  canComeBack: boolean;
};

export type UnsubscribeView =
  | "asked"
  | "isOut"
  | "gone"
  | "leftAll"
  | "leftSequence"
  | "isPaused"
  | "paused"
  | "referred"
  | "nobodyNamed"
  | "cameBack"
  | "cannotComeBack"
  | "isTest"
  | "unknown";

const STYLE = `
:root{color-scheme:light dark;--bg:#f8f8fa;--card:#fff;--line:#d2d2da;--text:#1b1b20;--soft:#5d5e69;--accent:#4f46e5;--on:#fff}
@media (prefers-color-scheme:dark){:root{--bg:#0e0e11;--card:#191920;--line:#3a3a46;--text:#ececf1;--soft:#a5a5b1;--accent:#a5b4fc;--on:#14141c}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--bg);color:var(--text);font:16px/1.55 system-ui,sans-serif}
main{box-sizing:border-box;width:min(32rem,100%);padding:2rem 1.5rem;background:var(--card);border:1px solid var(--line);border-radius:12px}
@media (max-width:36rem){body{place-items:start stretch}main{border:0;border-radius:0;min-height:100vh}}
h1{margin:0 0 .75rem;font-size:1.375rem;line-height:1.3}p{margin:0 0 1rem;overflow-wrap:anywhere}.soft{color:var(--soft);font-size:.875rem;margin:1rem 0 0}
form{display:grid;gap:.75rem}form+form,.soft+form,form+details,details form{margin-top:.75rem}
summary{cursor:pointer;padding:.625rem 0}summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
label{display:grid;gap:.25rem;font-size:.875rem}
input{font:inherit;min-height:2.75rem;box-sizing:border-box;width:100%;padding:.5rem .75rem;border-radius:8px;border:1px solid var(--soft);background:transparent;color:inherit}
input:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
button{font:inherit;min-height:2.75rem;padding:.5rem 1rem;border-radius:8px;border:1px solid var(--line);background:transparent;color:inherit;cursor:pointer}
button.main{border-color:var(--accent);background:var(--accent);color:var(--on);font-weight:600}
button:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** Everything is forbidden but this very style, and forms that come back to us. */
export const PAGE_HEADERS = {
  "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  "x-frame-options": "DENY",
};

export function unsubscribePage(view: UnsubscribeView, shown: UnsubscribePageContent | null) {
  const { title, says } = WORDS[view](shown ?? NOBODY);
  return `<!doctype html>
<html lang="${spokenLanguage()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow"><meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(title)}</h1>${says}</main></body></html>
`;
}

const NOBODY: UnsubscribePageContent = {
  teamName: "",
  senderName: null,
  senderEmail: null,
  address: null,
  goesOn: false,
  mayChoose: false,
  pausedUntil: null,
  canComeBack: false,
};

const WORDS: Record<UnsubscribeView, (shown: UnsubscribePageContent) => { title: string; says: string }> = {
  asked: (shown) => ({
    title: say("Unsubscribe?"),
    says: `${said(say("{sender} sends email to {you}.", { sender: senderOf(shown), you: hidden(shown) }))}
<form method="post">
${leaveAll(shown, true)}
${shown.mayChoose ? button("pause", say("Pause for three months")) : ""}
${shown.goesOn ? button("sequence", say("Unsubscribe from this series only")) : ""}
</form>${otherContact(shown)}${soft(say("Nothing changes until you choose."))}`,
  }),
  isPaused: (shown) => ({
    title: say("Emails are paused until {day}", { day: dayOf(shown) }),
    says: `${said(say("{team} sends no emails to {you} until then.", named(shown)))}
${furtherChoices(shown)}`,
  }),
  paused: (shown) => ({
    title: say("Emails are paused until {day}", { day: dayOf(shown) }),
    says: `${told(say("{team} will send no emails to {you} until then. After that, emails may come again.", named(shown)))}
${furtherChoices(shown)}`,
  }),
  referred: (shown) => ({
    title: say("Thank you"),
    says: `${told(say("{sender} will see the name you gave. No email is sent to that person automatically.", { sender: senderOf(shown) }))}
${said(say("You may still get emails yourself."))}
<form method="post">
${leaveAll(shown)}
${shown.mayChoose && !shown.pausedUntil ? button("pause", say("Pause for three months")) : ""}
</form>`,
  }),
  nobodyNamed: (shown) => ({
    title: say("Who is the right person?"),
    says: `<p role="alert">${escaped(say("Enter a name, or an email address like name@company.example."))}</p>${naming()}
<form method="post">${leaveAll(shown)}</form>`,
  }),
  isOut: (shown) => ({
    title: say("You are unsubscribed"),
    says: said(say("{team} sends no more emails to {you}.", named(shown))) + wayBack(shown),
  }),
  gone: (shown) => ({
    title: say("You get no more emails"),
    says: said(say("{team} no longer has your email address.", named(shown))),
  }),
  leftAll: (shown) => ({
    title: say("You are unsubscribed"),
    says:
      told(
        shown.address === null
          ? say("{team} no longer has your email address.", named(shown))
          : say("{team} will send no more emails to {you}.", named(shown)),
      ) + wayBack(shown),
  }),
  leftSequence: (shown) => ({
    title: say("You are unsubscribed from this series"),
    says: `${told(say("{sender} will send no more emails of this series. Other emails of {team} may still come.", { sender: senderOf(shown), team: shown.teamName }))}
<form method="post">${leaveAll(shown)}</form>`,
  }),
  cameBack: (shown) => ({
    title: say("You are subscribed again"),
    says: `${told(say("{team} may send email to {you} again. A series that has ended does not start again.", named(shown)))}
<form method="post">${leaveAll(shown)}</form>`,
  }),
  cannotComeBack: (shown) => ({
    title: say("This link cannot undo your choice"),
    says: told(
      [
        shown.pausedUntil
          ? say("Emails of {team} are paused until {day}.", { team: shown.teamName, day: dayOf(shown) })
          : say("You stay unsubscribed from emails of {team}.", { team: shown.teamName }),
        ...(shown.senderEmail
          ? [say("To get emails again, write to {email}.", { email: shown.senderEmail })]
          : []),
      ].join(" "),
    ),
  }),
  isTest: () => ({
    title: say("This is a test email"),
    says: said(say("Your contacts unsubscribe here. A test email unsubscribes no contact.")),
  }),
  unknown: () => ({
    title: say("This link does not work"),
    says: said(
      say(
        "The link may be incomplete. Copy the whole address from the email, or reply to the email with the word stop.",
      ),
    ),
  }),
};

function senderOf({ senderName, teamName }: UnsubscribePageContent) {
  return senderName ? say("{person} of {team}", { person: senderName, team: teamName }) : teamName;
}

function wayBack({ canComeBack }: UnsubscribePageContent) {
  return canComeBack ? `<form method="post">${button("back", say("Undo my choice"))}</form>` : "";
}

function furtherChoices(shown: UnsubscribePageContent) {
  return `${wayBack(shown)}<form method="post">${leaveAll(shown)}</form>${otherContact(shown)}`;
}

function otherContact({ mayChoose }: UnsubscribePageContent) {
  return mayChoose
    ? `<details><summary>${escaped(say("Another person is the right contact"))}</summary>${naming()}</details>`
    : "";
}

function naming() {
  return `<form method="post">
<label>${escaped(say("Their name"))}<input name="name" maxlength="200" autocomplete="off"></label>
<label>${escaped(say("Their email address"))}<input name="email" type="email" maxlength="254" autocomplete="off"></label>
${button("other", say("Send the name"))}
${soft(say("A person reads this. No email is sent automatically, and you are not unsubscribed."))}
</form>`;
}

function dayOf({ pausedUntil }: UnsubscribePageContent) {
  return (
    pausedUntil?.toLocaleString(spokenRegion(), { dateStyle: "long", timeZone: "UTC" }) ??
    say("you change it")
  );
}

function said(sentence: string) {
  return `<p>${escaped(sentence)}</p>`;
}

/** What the reader has just done; read out by screen readers. */
function told(sentence: string) {
  return `<p role="status">${escaped(sentence)}</p>`;
}

function soft(sentence: string) {
  return `<p class="soft">${escaped(sentence)}</p>`;
}

function button(choice: string, label: string, isMain = false) {
  return `<button type="submit" name="choice" value="${choice}"${isMain ? ' class="main"' : ""}>${escaped(label)}</button>`;
}

/** `i…@norrland.example`: a reader to whom the mail was forwarded learns no address from this page. */
function hidden({ address }: UnsubscribePageContent) {
  const at = address?.lastIndexOf("@") ?? -1;
  return address && at > 0 ? `${[...address][0]}…${address.slice(at)}` : say("you");
}

function named(shown: UnsubscribePageContent) {
  return { team: shown.teamName, you: hidden(shown) };
}

function leaveAll({ teamName }: UnsubscribePageContent, isMain = false) {
  return button("all", say("Unsubscribe from all emails of {team}", { team: teamName }), isMain);
}

function escaped(text: string) {
  return text.replace(
    /[&<>"']/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[sign] as string,
  );
}
