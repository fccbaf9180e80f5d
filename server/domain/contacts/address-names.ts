// Addresses that are no person's own: those of a role, and those that are thrown away after a day.

const ROLES = new Set(
  `abuse accounting accounts admin administration all billing booking bookings careers contact customerservice desk enquiries
  enquiry faktura feedback finance firmapost help helpdesk hello hi hostmaster hr info inquiries invoice invoices jobs kontakt
  legal mail mailer-daemon marketing media no-reply noreply office orders partner partners payroll post postmaster post-master
  press privacy procurement purchasing reception recruiting recruitment register root sales security service shop spam staff
  subscribe support sysadmin team tech unsubscribe usenet webmaster welcome www`.split(/\s+/),
);

const DISPOSABLE = new Set(
  `0-mail.com 10minutemail.com 10minutemail.net 20minutemail.com 33mail.com anonbox.net burnermail.io byom.de cock.li
  deadaddress.com discard.email discardmail.com dispostable.com dropmail.me e4ward.com emailondeck.com emailsensei.com
  fakeinbox.com fakemail.net getairmail.com getnada.com grr.la guerrillamail.biz guerrillamail.com guerrillamail.de
  guerrillamail.net guerrillamail.org guerrillamailblock.com harakirimail.com incognitomail.org inboxbear.com inboxkitten.com
  jetable.org kasmail.com kurzepost.de mail-temp.com mail.tm mailcatch.com maildrop.cc mailexpire.com mailinator.com
  mailinator.net mailinator2.com mailnesia.com mailnull.com mailpoof.com mailsac.com mailtemp.net meltmail.com mintemail.com
  moakt.com mohmal.com my10minutemail.com mytemp.email mytrashmail.com nada.email no-spam.ws nowmymail.com objectmail.com
  pokemail.net sharklasers.com smashmail.de sneakemail.com sofort-mail.de spam4.me spambog.com spambox.us spamex.com
  spamgourmet.com spamhole.com temp-mail.io temp-mail.org tempail.com tempemail.co tempinbox.com tempmail.dev tempmail.net
  tempmailo.com tempr.email throwawaymail.com throwam.com trash-mail.com trash-mail.de trashmail.com trashmail.de trashmail.io
  trashmail.me trashmail.net trbvm.com wegwerfemail.de wegwerfmail.de wegwerfmail.net wegwerfmail.org yopmail.com yopmail.fr
  yopmail.net zetmail.com`.split(/\s+/),
);

export function isRoleAddress(email: string) {
  const local = email.slice(0, email.lastIndexOf("@")).toLowerCase();
  return ROLES.has(local.split("+", 1)[0] ?? "");
}

/** Those who hand such addresses out do so under any name below theirs too. */
export function isDisposableDomain(domain: string) {
  const parts = domain.toLowerCase().split(".");
  return parts.some((_, n) => DISPOSABLE.has(parts.slice(n).join(".")));
}
