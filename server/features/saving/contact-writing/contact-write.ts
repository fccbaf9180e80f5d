import type { ContactValues } from "../../../domain/contacts/contact-facts.ts";

export type ContactWrite = ContactValues & {
  /** By run_dedupe only: the contact this is. */
  id?: string | undefined;
  websiteUrl?: string | null | undefined;
  stageName?: string | undefined;
  labelNames?: readonly string[] | undefined;
  labelIds?: readonly string[] | undefined;
  fields?: Readonly<Record<string, unknown>> | undefined;
};
