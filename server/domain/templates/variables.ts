// The variables a mail may name: one table, from which mails are filled, gaps are named and a page of the docs is made.
//
// Names are Apollo's. Each may also be written with what it belongs to before a dot (`{{contact.first_name}}`), and
// custom fields by their name: "Favourite Sport" is `favourite_sport`, or its id. A table's name wins over a field's.

import { toSay } from "../../kernel/say.ts";
import { type Moment, monthOf, timeOfDay, type Unit, weekdayOf } from "./mail-dates.ts";
import type { MailFacts, Value } from "./mail-facts.ts";
import { meetingLink } from "./meeting-link.ts";
import { spokenName } from "./wording.ts";

export type VariableSource = "contact" | "account" | "sender" | "sequence" | "now";

export type TemplateVariable = {
  name: string;
  also?: readonly string[];
  source: VariableSource;
  meaning: string;
  example: string;
  /** What `->plus_2` counts. */
  unit?: Unit;
  read(facts: MailFacts, at: Moment): Value | null | undefined;
};

type Read = TemplateVariable["read"];
type Rest = Omit<TemplateVariable, "name" | "source" | "meaning" | "example" | "read">;

/** One row of the table. */
const row =
  (source: VariableSource) =>
  (name: string, meaning: string, example: string, read: Read, rest: Rest = {}): TemplateVariable => ({
    name,
    source,
    meaning,
    example,
    read,
    ...rest,
  });

const contact = row("contact");
const account = row("account");
const sender = row("sender");
const sequence = row("sequence");
const now = row("now");

const company = ({ account, contact }: MailFacts) => account?.name ?? contact.organizationName;
const host = (email: string | null) => email?.split("@").at(-1) ?? null;

export const TEMPLATE_VARIABLES: readonly TemplateVariable[] = [
  contact("first_name", toSay("First name"), "Ines", ({ contact }) => contact.firstName),
  contact("last_name", toSay("Last name"), "Okafor", ({ contact }) => contact.lastName),
  contact("name", toSay("Full name"), "Ines Okafor", ({ contact }) => contact.name, { also: ["full_name"] }),
  contact("title", toSay("Job title"), "Plant manager", ({ contact }) => contact.title, {
    also: ["job_title"],
  }),
  contact("headline", toSay("Headline"), "Keeps turbines turning", ({ contact }) => contact.headline),
  contact("email", toSay("Address"), "ines@norrland.example", ({ contact }) => contact.email),
  contact("domain", toSay("Domain of the email address"), "norrland.example", ({ contact }) =>
    host(contact.email),
  ),
  contact("phone", toSay("Phone number"), "+46701234567", ({ contact }) => contact.phone),
  contact(
    "linkedin_url",
    toSay("LinkedIn profile"),
    "https://linkedin.com/in/ines",
    (all) => all.contact.linkedinUrl,
  ),
  contact("location_city", toSay("City"), "Luleå", ({ contact }) => contact.city, { also: ["city"] }),
  contact("location_state", toSay("State or province"), "Norrbotten", ({ contact }) => contact.state, {
    also: ["state"],
  }),
  contact("location_country", toSay("Country"), "Sweden", ({ contact }) => contact.country, {
    also: ["country"],
  }),

  account(
    "company",
    toSay("Company name without its legal form"),
    "Norrland Kraft",
    (all) => spokenName(company(all)),
    {
      also: ["company_name", "organization_name", "account.processed_company_name_for_email"],
    },
  ),
  account("company_unprocessed_name", toSay("Company name as stored"), "Norrland Kraft AB", company),
  account(
    "company_domain",
    toSay("Company domain"),
    "norrland.example",
    ({ account }) => account?.domain ?? null,
  ),
  account(
    "company_website",
    toSay("Company website"),
    "https://norrland.example",
    (all) => all.account?.websiteUrl,
    {
      also: ["website", "website_url"],
    },
  ),
  account("company_phone", toSay("Company phone number"), "+46920123456", ({ account }) => account?.phone),
  account("industry", toSay("Industry"), "Utilities", ({ account }) => account?.industry),
  account("company_size", toSay("Number of employees"), "200", ({ account }) => account?.employees),
  account("annual_revenue", toSay("Annual revenue"), "12000000", ({ account }) => account?.annualRevenue),
  account("founded_year", toSay("Year founded"), "1987", ({ account }) => account?.foundedYear),
  account("company_location_city", toSay("Company city"), "Luleå", (all) => all.account?.city, {
    also: ["account.city"],
  }),
  account(
    "company_location_state",
    toSay("Company state or province"),
    "Norrbotten",
    (all) => all.account?.state,
    {
      also: ["account.state"],
    },
  ),
  account("company_location_country", toSay("Company country"), "Sweden", (all) => all.account?.country, {
    also: ["account.country"],
  }),

  sender("sender_first_name", toSay("First name of the sender"), "Ole", ({ sender }) => sender?.firstName),
  sender("sender_last_name", toSay("Last name of the sender"), "Dahl", ({ sender }) => sender?.lastName),
  sender("sender_name", toSay("Sender name of the email"), "Ole Dahl", ({ sender }) => sender?.name),
  sender(
    "sender_title",
    toSay("Job title of the sender"),
    "Account executive",
    ({ sender }) => sender?.title,
  ),
  sender(
    "sender_email",
    toSay("Sender address of the email"),
    "ole@example.no",
    ({ sender }) => sender?.email,
  ),

  sender(
    "sender_meeting_alias",
    toSay("Link to book a meeting with the sender, filled with the contact's name and address"),
    "https://cal.com/ole/30min?name=Ines+Okafor&email=ines%40norrland.example",
    ({ sender, contact }) => sender?.meetingUrl && meetingLink(sender.meetingUrl, contact),
    { also: ["sender.meeting_link"] },
  ),

  sequence("sequence_name", toSay("Name of the sequence"), "Nordic plants", (all) => all.sequence?.name),
  sequence(
    "personalized_opener",
    toSay("The personal opener of the email"),
    "Well done!",
    ({ opener }) => opener,
  ),

  now("now_weekday", toSay("Day of the week"), "Wednesday", (_, at) => weekdayOf(at), { unit: "workday" }),
  now("now_day", toSay("Day of the month"), "15", (_, at) => String(at.day), { unit: "workday" }),
  now("now_month", toSay("Month"), "September", (_, at) => monthOf(at), { unit: "month" }),
  now("now_year", toSay("Year"), "2026", (_, at) => String(at.year), { unit: "year" }),
  now("now_time_of_day", toSay("morning, afternoon or evening"), "morning", (_, at) => timeOfDay(at)),
];

/** Every way to write a variable, the recommended one first. */
export function namesOf({ name, also = [], source }: TemplateVariable): string[] {
  const own = [name, ...also].filter((one) => !one.includes("."));
  const bare = own.map((one) => one.replace(BELONGS[source], ""));
  const dotted = source === "account" ? own.concat(bare) : bare;
  return [...new Set([name, ...also, ...dotted.map((one) => `${source}.${one}`)])];
}

// `company` itself is `{{account.company}}` and `{{account.name}}`.
const BELONGS: Record<VariableSource, RegExp> = {
  contact: /^contact_/,
  account: /^company_(?!unprocessed)/,
  sender: /^sender_/,
  sequence: /^sequence_/,
  now: /^now_/,
};
