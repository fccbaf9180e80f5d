import { CONTACT_SECTIONS } from "./sections-contact.ts";
import { MAIL_SECTIONS } from "./sections-mail.ts";
import { WORK_SECTIONS } from "./sections-work.ts";

/** All that is kept about a contact, in the order in which a person reads it. */
export const SECTIONS = [...CONTACT_SECTIONS, ...MAIL_SECTIONS, ...WORK_SECTIONS];
