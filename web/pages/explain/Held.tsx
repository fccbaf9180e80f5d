import { Moment } from "../../parts/Moment.tsx";
import { Told } from "../../parts/Told.tsx";
import { FixButton } from "./FixButton.tsx";
import type { Hold, Why } from "./queries.ts";
import classes from "./WhyPanel.module.css";

/** What holds it, in the order in which it is asked before a mail goes out; each with what would mend it. */
export function Held({ why }: { why: Why }) {
  if (why.held_by.length === 0) return null;
  return (
    <section aria-labelledby="why-held">
      <h3 id="why-held" className={classes.heading}>
        {why.held_by.length === 1 ? "What holds it" : `${why.held_by.length} things hold it`}
      </h3>
      <ul className={classes.holds}>
        {why.held_by.map((hold, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same code may stand there twice, in an order that means something
          <li key={`${hold.code} ${place}`} className={classes.hold}>
            <p>
              <Told>{hold.rule}</Told>
            </p>
            <p className={classes.print}>
              <Since hold={hold} />
              <code>{hold.code}</code>
            </p>
            {hold.fix ? <FixButton hold={hold} fix={hold.fix} /> : <NoFix hold={hold} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Since({ hold: { since, until } }: { hold: Hold }) {
  return (
    <>
      {since && (
        <span>
          since <Moment at={since} />
        </span>
      )}
      {until && (
        <span>
          passes by itself <Moment at={until} />
        </span>
      )}
    </>
  );
}

/** Only a person knows what to say then, or only the contact may say it. */
const BY_HAND: Record<string, { says: string; href?: (id: string) => string; of?: string; link?: string }> = {
  contact_unsubscribed: { says: "Only the contact can take that back." },
  snippets_missing: {
    says: "Fill in what is missing, and the mail can go.",
    href: contactPage,
    of: "contact_id",
    link: "Open the contact",
  },
  email_missing: {
    says: "Give the contact an address.",
    href: contactPage,
    of: "contact_id",
    link: "Open the contact",
  },
  email_format_invalid: {
    says: "Mend the address.",
    href: contactPage,
    of: "contact_id",
    link: "Open the contact",
  },
  not_valid_hard_bounce_detected: {
    says: "Give the contact another address.",
    href: contactPage,
    of: "contact_id",
    link: "Open the contact",
  },
  mail_unreadable: { says: "Mend the text of the step." },
  no_steps: { says: "Give the sequence a first step." },
  nobody_waits: { says: "Add contacts." },
  sample_person: { says: "Nothing needs mending: nobody invented is ever mailed." },
};

function contactPage(id: string) {
  return `/contacts/${id}`;
}

function NoFix({ hold: { code, evidence, until } }: { hold: Hold }) {
  const words = BY_HAND[code];
  if (!words) return until ? <p className="soft small">Nothing needs to be done.</p> : null;
  const id = words.of ? evidence[words.of] : null;
  return (
    <p className="soft small">
      {words.says} {words.href && typeof id === "string" && <a href={words.href(id)}>{words.link}</a>}
    </p>
  );
}
