// What mail servers say when they do not deliver, by what it means for the address.

import { finderOf } from "./phrases.ts";

/** Nobody is there: mailing it again only harms the sender. */
export const NOBODY_THERE = finderOf({
  en: [
    ...["user unknown", "unknown user", "unknown recipient", "recipient unknown", "no such user", "no such recipient", "no such mailbox", "no such address", "no such person", "no such account", "invalid recipient", "invalid mailbox", "invalid address", "unknown address", "unknown mailbox"],
    ...["does not exist", "doesn't exist", "couldn't be found", "could not be found", "wasn't found", "was not found", "not found", "address not found", "mailbox not found", "recipient not found", "user not found", "mailbox unavailable", "account unavailable"],
    ...["does not have an account", "doesn't have a … account", "not a valid mailbox", "is not a valid", "mailbox is disabled", "mailbox disabled", "account disabled", "account is disabled", "account has been disabled", "account that you tried to reach is disabled", "inactive", "no longer active", "no longer available", "no mailbox here by that name", "not listed in domino directory", "not listed in public name", "not our customer", "is not known", "mailbox closed", "undeliverable address", "address rejected", "recipient address rejected: access denied", "recipient rejected", "user doesn't have", "host or domain name not found", "domain not found", "host not found", "unrouteable address", "unroutable address", "unable to route", "no mx", "dns error", "nxdomain", "domain does not accept mail", "bad destination", "addressee unknown", "retry timeout exceeded … no longer"],
  ],
  de: ["unbekannter empfänger", "empfänger unbekannt", "benutzer unbekannt", "existiert nicht", "nicht gefunden", "konnte nicht gefunden werden", "adresse nicht gefunden", "postfach nicht vorhanden", "ungültige adresse", "nicht bekannt"],
  fr: ["utilisateur inconnu", "destinataire inconnu", "adresse introuvable", "n'existe pas", "adresse invalide", "introuvable", "inexistante"],
  es: ["usuario desconocido", "destinatario desconocido", "no existe", "no se encontró la dirección", "no se ha encontrado", "dirección no encontrada", "dirección no válida"],
  it: ["utente sconosciuto", "destinatario sconosciuto", "non esiste", "indirizzo non trovato", "impossibile trovare"],
  pt: ["usuário desconhecido", "utilizador desconhecido", "destinatário desconhecido", "não existe", "endereço não encontrado", "não encontrado"],
  nl: ["onbekende gebruiker", "bestaat niet", "adres niet gevonden", "niet gevonden"],
  sv: ["okänd användare", "finns inte", "adressen hittades inte", "hittades inte"],
  no: ["ukjent bruker", "finnes ikke", "ble ikke funnet", "adressen ble ikke funnet"],
  da: ["ukendt bruger", "findes ikke", "blev ikke fundet"],
  fi: ["tuntematon käyttäjä", "ei ole olemassa", "ei löytynyt", "osoitetta ei löytynyt"],
  pl: ["nieznany użytkownik", "nie istnieje", "nie znaleziono"],
  ru: ["не существует", "не найден", "нет такого пользователя", "пользователь не найден"],
});

/** It will be different another day. */
export const ANOTHER_DAY = finderOf({
  en: [
    ...["mailbox full", "mailbox is full", "inbox is full", "over quota", "overquota", "quota exceeded", "exceeded … quota", "out of storage", "storage quota", "insufficient storage", "insufficient system storage", "insufficient disk", "not enough space", "mailbox size limit", "exceeds … storage", "mailbox … full"],
    ...["try again later", "try later", "temporarily", "temporary failure", "greylisted", "greylisting", "deferred", "timed out", "timeout", "connection refused", "too many connections", "message too large", "message size exceeds", "exceeds … size limit", "exceeds … maximum", "too big", "has expired", "delivery time expired", "too old", "unable to connect", "could not connect", "network unreachable", "service not available", "lost connection", "resources temporarily unavailable", "rate limit", "receiving mail at a rate", "mail loop", "too many hops"],
  ],
  de: ["postfach voll", "postfach ist voll", "speicherplatz", "kontingent", "später erneut", "vorübergehend", "zeitüberschreitung", "zu groß"],
  fr: ["boîte pleine", "boîte aux lettres est pleine", "quota dépassé", "plus tard", "temporairement"],
  es: ["buzón lleno", "buzón está lleno", "cuota excedida", "más tarde", "temporalmente"],
  it: ["casella piena", "casella è piena", "casella di posta piena", "spazio insufficiente", "più tardi"],
  pt: ["caixa cheia", "caixa de entrada cheia", "caixa postal cheia", "cota excedida", "mais tarde"],
  nl: ["mailbox vol", "postvak is vol", "postvak vol", "later opnieuw"],
  sv: ["inkorgen är full", "brevlådan är full", "försök igen senare"],
  no: ["postkassen er full", "innboksen er full", "prøv igjen senere"],
  da: ["postkassen er fuld", "indbakken er fuld", "prøv igen senere"],
  fi: ["postilaatikko on täynnä", "laatikko täynnä", "yritä myöhemmin"],
  pl: ["skrzynka pełna", "skrzynka jest pełna", "przepełniona", "spróbuj później"],
  ru: ["ящик переполнен", "переполнен"],
});

/** Refused because of who sends, or what: the address is sound, the sender has a problem. */
export const REFUSED_SENDER = finderOf({
  en: [
    ...["blocked", "blacklisted", "blocklisted", "blacklist", "block list", "blocklist", "spamhaus", "barracuda", "spamcop", "sorbs", "proofpoint dynamic reputation", "spam", "spam message", "junk", "unsolicited", "bulk mail", "reputation", "low reputation"],
    ...["policy", "prohibition", "administrative prohibition", "not authorized", "not authorised", "unauthorized", "authentication required", "sender not authenticated", "dmarc", "spf", "dkim", "unauthenticated", "content rejected", "message rejected", "message content", "prohibited", "rejected due to", "rejected for policy", "access denied", "relay", "relaying denied", "unable to relay", "banned", "suspicious", "malware", "virus", "phishing", "security policies", "not accepted for policy reasons", "restricted", "permission", "sender verify failed", "sender address rejected", "envelope blocked", "local policy", "header based rejection", "poor reputation"],
  ],
  de: ["gesperrt", "blockiert", "abgelehnt", "als spam", "richtlinie"],
  fr: ["bloqué", "considéré comme spam", "refusé par la politique"],
  es: ["bloqueado", "considerado spam", "rechazado por política"],
  it: ["bloccato", "considerato spam"],
  pt: ["bloqueado", "bloqueada", "considerado spam"],
  nl: ["geblokkeerd", "als spam"],
  sv: ["blockerad", "som skräppost"],
  no: ["blokkert", "som søppelpost"],
  da: ["blokeret", "som spam"],
  fi: ["estetty", "roskapostiksi"],
  pl: ["zablokowana", "zablokowany", "jako spam"],
  ru: ["заблокирован", "спам"],
});

/** It was not delivered, as the subject or the first lines have it. */
export const NOT_DELIVERED = finderOf({
  en: [
    ...["undeliverable", "undelivered mail", "undelivered", "undeliverable mail", "mail delivery failed", "mail delivery failure", "mail delivery system", "delivery status notification", "delivery failure", "delivery failed", "failure notice", "returned mail", "returned to sender", "returning message to sender", "message not delivered", "mail system error", "delivery has failed", "delivery report", "could not be delivered", "couldn't be delivered", "couldn't deliver", "could not deliver", "unable to deliver", "wasn't delivered", "was not delivered", "not delivered", "delivery problem", "delivery error", "delivery incomplete", "nondeliverable", "non-delivery", "non delivery", "rejected your message", "message blocked", "message rejected", "address not found", "your message to … was rejected", "bounce"],
  ],
  de: ["unzustellbar", "unzustellbare", "zustellung fehlgeschlagen", "fehler bei der zustellung", "konnte nicht zugestellt werden", "nicht zugestellt", "nicht zustellbar", "zustellungsfehler", "übermittlung fehlgeschlagen"],
  fr: ["non remis", "échec de la remise", "n'a pas pu être remis", "n'a pas été remis", "non distribué", "échec de livraison", "notification d'échec", "n'a pas pu être distribué", "non délivré"],
  es: ["no se puede entregar", "no se pudo entregar", "no se ha podido entregar", "no entregado", "error de entrega", "fallo en la entrega", "devuelto", "imposible entregar"],
  it: ["non recapitabile", "non è stato recapitato", "mancato recapito", "impossibile recapitare", "recapito non riuscito", "mancata consegna", "non è stato possibile consegnare"],
  pt: ["não entregue", "não foi entregue", "não foi possível entregar", "falha na entrega", "não é possível entregar", "notificação de falha"],
  nl: ["onbestelbaar", "niet afgeleverd", "kan niet worden bezorgd", "bezorging is mislukt", "niet bezorgd", "kon niet worden afgeleverd"],
  sv: ["kan inte levereras", "kunde inte levereras", "gick inte att leverera", "olevererat", "leveransen misslyckades", "inte levererats"],
  no: ["kan ikke leveres", "kunne ikke leveres", "ikke levert", "leveringen mislyktes", "levering mislyktes"],
  da: ["kan ikke leveres", "kunne ikke leveres", "ikke leveret", "leveringen mislykkedes", "levering mislykkedes"],
  fi: ["ei voitu toimittaa", "ei toimitettu", "toimitus epäonnistui", "perille toimittamatta", "ei voida toimittaa"],
  pl: ["niedostarczona", "niedostarczone", "nie można dostarczyć", "nie została dostarczona", "nie dostarczono", "nie udało się dostarczyć", "zwrot wiadomości"],
  ru: ["недоставленное сообщение", "не доставлено", "не может быть доставлено", "не удалось доставить", "сообщение не доставлено"],
});

/** Not yet delivered, and still being tried. */
export const STILL_TRIED = finderOf({
  en: ["delayed", "delivery delayed", "has been delayed", "warning: could not send", "will keep trying", "will continue to be", "will be retried", "will retry", "still being retried", "not yet been delivered", "delivery incomplete", "delivery attempts will continue", "no action is required on your part"],
  de: ["verzögert", "verzögerung", "weitere zustellversuche", "zustellversuche werden fortgesetzt"],
  fr: ["retardée", "retardé", "en retard", "nouvelles tentatives"],
  es: ["retrasado", "retrasada", "se seguirá intentando"],
  it: ["ritardata", "in ritardo", "ritardato"],
  pt: ["atrasada", "atrasado", "continuará tentando"],
  nl: ["vertraagd", "vertraging"],
  sv: ["försenad", "försenat"],
  no: ["forsinket"],
  da: ["forsinket"],
  fi: ["viivästynyt", "viivästyi"],
  pl: ["opóźniona", "opóźnienie"],
});
