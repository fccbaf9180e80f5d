// What is wrong with the emails of a sequence, or soon will be: asked of a model, before anything is applied.

import { say } from "../../kernel/say.ts";
import { TemplateUnreadable } from "../templates/mail-fault.ts";
import { plainTextOf } from "../templates/plain-text.ts";
import { unknownVariables } from "../templates/unknown-variables.ts";
import { placesOf, type SequenceModel, type StepModel, type VariantModel } from "./file-model.ts";
import { isEmail } from "./sequence-plan.ts";
import { certainlyBefore } from "./step-paths.ts";

export type MailFinding = {
  step: number;
  variant: number;
  severity: "error" | "warning";
  code: string;
  sentence: string;
  /** What it is about, as it is written in the text; null: the whole. */
  about: string | null;
};

type Found = Omit<MailFinding, "step" | "variant">;

export type TextOfMail = { subject: string; html: string };

const MOST_WORDS = 300;
const LONGEST_SUBJECT = 100;
const CLIPPED_AT = 100_000;

/** `textOf` finds the text of a variant that comes from the library. Steps and variants count from 0. */
export function mailFindings(
  { steps }: SequenceModel,
  fieldNames: readonly string[],
  textOf: (variant: VariantModel) => TextOfMail,
): MailFinding[] {
  const begins = ({ type, variants }: StepModel) =>
    isEmail(type) && variants.some(({ thread }) => thread === "new_thread");
  const hasThread = certainlyBefore(placesOf(steps), ({ id }) => {
    const step = steps[Number(id) - 1];
    return step !== undefined && begins(step);
  });
  return steps.flatMap(({ type, variants }, step) => {
    const isMail = isEmail(type);
    return variants.flatMap((variant, n) => {
      const text = textOf(variant);
      const own = [
        ...textFindings(text, fieldNames),
        ...(isMail ? formFindings(variant, text, hasThread.get(String(step + 1)) ?? false) : []),
      ];
      return own.map((finding) => ({ step, variant: n, ...finding }));
    });
  });
}

function formFindings(variant: VariantModel, { subject, html }: TextOfMail, hasThread: boolean): Found[] {
  const text = plainTextOf(html);
  const words = text.split(/\s+/).filter(Boolean).length;
  const isEmpty = text.trim() === "" && !/<img\s/i.test(html);
  return [
    ...when(
      variant.thread === "reply_to_thread" && !hasThread,
      error(
        "reply_without_thread",
        say("This email replies to a thread, and no email before it begins one."),
      ),
    ),
    ...when(isEmpty && variant.status === "approved", error("empty_body", say("The email has no text."))),
    ...when(
      !isEmpty && variant.thread === "new_thread" && subject === "",
      warning("no_subject", say("The email has no subject.")),
    ),
    ...when(
      words > MOST_WORDS,
      warning(
        "long_text",
        say("The email has {words} words. Readers answer short emails; {MOST_WORDS} are the limit here.", {
          words,
          MOST_WORDS,
        }),
      ),
    ),
    ...when(
      subject.length > LONGEST_SUBJECT,
      warning(
        "long_subject",
        say("The subject has {length} characters. Programs show about 70 of them.", {
          length: subject.length,
        }),
      ),
    ),
    ...when(
      html.length > CLIPPED_AT,
      warning("clipped", say("The email is larger than 100 kB, so Gmail shows only its beginning.")),
    ),
    ...linkFindings(html),
  ];
}

function textFindings({ subject, html }: TextOfMail, fieldNames: readonly string[]): Found[] {
  return [...variableFindings("subject", subject, fieldNames), ...variableFindings("body", html, fieldNames)];
}

function variableFindings(field: "subject" | "body", source: string, fieldNames: readonly string[]): Found[] {
  try {
    return unknownVariables(field, source, fieldNames).map((name) => ({
      ...error(
        "unknown_variable",
        say("There is no variable and no custom field {variable}.", { variable: `{{${name}}}` }),
      ),
      about: name,
    }));
  } catch (fault) {
    if (!(fault instanceof TemplateUnreadable)) throw fault;
    return [
      error(
        "unreadable",
        say("The {field} cannot be read: {sentence}", { field, sentence: fault.fault.sentence }),
      ),
    ];
  }
}

function linkFindings(html: string): Found[] {
  return [...html.matchAll(/<a\b([^>]{0,4000})>/gi)].flatMap(([, inside = ""]): Found[] => {
    const href = /\bhref="([^"]*)"/i.exec(inside)?.[1]?.trim();
    if (href === undefined && /\bname="/i.test(inside)) return [];
    if (!href)
      return [
        warning(
          "link_without_address",
          say("A link has no address, or one that cannot be used in an email."),
        ),
      ];
    if (/\{[{%]/.test(href) || /^(?:mailto|tel):/i.test(href)) return [];
    const about = href;
    if (!URL.canParse(href))
      return [
        {
          ...error(
            "invalid_link",
            say("The link {href} is not a complete address. Begin it with https://.", {
              href: href.slice(0, 100),
            }),
          ),
          about,
        },
      ];
    return /^http:/i.test(href)
      ? [
          {
            ...warning(
              "insecure_link",
              say("The link {href} is not encrypted (http).", { href: href.slice(0, 100) }),
            ),
            about,
          },
        ]
      : [];
  });
}

/** Whether an email says how to be spared further ones. */
export function namesWayOut(html: string) {
  return /unsubscri|opt[ -]?out|abmelden|abbestell|d[ée]sabonn|d[ée]sinscri|darse de baja|cancelar (?:la )?suscripci/i.test(
    html,
  );
}

function when(isSo: boolean, finding: Found) {
  return isSo ? [finding] : [];
}

function error(code: string, sentence: string): Found {
  return { severity: "error", code, sentence, about: null };
}

function warning(code: string, sentence: string): Found {
  return { severity: "warning", code, sentence, about: null };
}
