// What answering machines say, in twelve languages. Only phrases that a person answering by hand hardly uses for
// anything else; " … " stands for up to four words.

/** Subjects that mail programs give to answers nobody wrote. */
export const AUTOMATIC_SUBJECTS = {
  en: ["automatic reply", "auto reply", "autoreply", "auto-reply", "automated reply", "automatic response", "auto response", "autoresponse", "auto-response"],
  de: ["automatische antwort", "autom. antwort", "automatische rückantwort", "automatische abwesenheitsnotiz", "autoantwort"],
  fr: ["réponse automatique", "réponse auto"],
  es: ["respuesta automática", "respuesta automatica"],
  it: ["risposta automatica", "risposta automatica:"],
  pt: ["resposta automática"],
  nl: ["automatisch antwoord", "automatisch bericht"],
  sv: ["autosvar", "automatiskt svar"],
  no: ["automatisk svar", "autosvar"],
  da: ["automatisk svar", "autosvar"],
  fi: ["automaattinen vastaus", "automaattivastaus"],
  pl: ["odpowiedź automatyczna", "automatyczna odpowiedź", "autoodpowiedź"],
};

/** Somebody is away. */
export const AWAY = {
  en: [
    ...["out of office", "out of the office", "out-of-office", "ooo until", "away from the office", "away from my desk", "not in the office"],
    ...["on vacation", "on annual leave", "on leave", "on holiday", "on holidays", "on parental leave", "on maternity leave", "on paternity leave", "on sick leave", "on sabbatical", "on pto", "on a business trip"],
    ...["currently away", "limited access to email", "limited access to my email", "limited access to e-mail", "no access to email", "without access to email", "when i return", "upon my return", "on my return", "traveling with limited", "travelling with limited", "on jury duty"],
  ],
  de: [
    ...["nicht im büro", "nicht im hause", "außer haus", "ausser haus", "abwesend", "abwesenheit", "abwesenheitsnotiz", "im urlaub", "in urlaub", "urlaubsbedingt", "in elternzeit", "im mutterschutz", "auf dienstreise", "auf geschäftsreise"],
    ...["nicht erreichbar", "nur eingeschränkt erreichbar", "nach meiner rückkehr", "wieder erreichbar", "wieder im büro", "wieder für sie da", "in den ferien", "krankheitsbedingt"],
  ],
  fr: [
    ...["absent du bureau", "absente du bureau", "absent(e) du bureau", "je suis absent", "je suis absente", "je suis actuellement absent", "je suis actuellement absente", "je serai absent", "je serai absente", "en congé", "en congés", "en vacances", "en congé maternité", "en congé parental", "en arrêt maladie", "en déplacement"],
    ...["message d'absence", "absence du bureau", "de retour le", "à mon retour", "dès mon retour", "accès limité à ma messagerie", "accès limité à mes mails", "accès limité à mes e-mails"],
  ],
  es: [
    ...["fuera de la oficina", "fuera de oficina", "ausente de la oficina", "estoy ausente", "estaré ausente", "me encuentro ausente", "me encontraré ausente", "de vacaciones", "de baja por maternidad", "de baja por paternidad", "de baja médica", "de viaje de negocios", "de permiso"],
    ...["a mi regreso", "a mi vuelta", "cuando regrese", "acceso limitado a mi correo", "acceso limitado al correo", "estaré de vuelta", "vuelvo a la oficina"],
  ],
  it: [
    ...["fuori ufficio", "fuori dall'ufficio", "fuori sede", "assente dall'ufficio", "sono assente", "sarò assente", "sono attualmente assente", "in ferie", "in vacanza", "in congedo", "in maternità", "in malattia", "in trasferta"],
    ...["al mio rientro", "al mio ritorno", "sarò di ritorno", "accesso limitato alla posta", "accesso limitato alle email", "accesso limitato alle e-mail"],
  ],
  pt: [
    ...["fora do escritório", "ausente do escritório", "estou ausente", "estarei ausente", "encontro-me ausente", "encontro me ausente", "ausência temporária", "de férias", "em férias", "de licença", "em licença", "em viagem de negócios", "em viagem"],
    ...["no meu regresso", "quando regressar", "quando retornar", "no meu retorno", "acesso limitado ao e-mail", "acesso limitado ao meu e-mail", "acesso limitado ao email"],
  ],
  nl: [
    ...["niet op kantoor", "niet aanwezig", "afwezig", "afwezigheid", "afwezigheidsbericht", "op vakantie", "met vakantie", "met verlof", "met zwangerschapsverlof", "met ouderschapsverlof", "op zakenreis", "buiten kantoor"],
    ...["bij mijn terugkomst", "na mijn terugkomst", "weer bereikbaar", "weer aanwezig", "weer op kantoor", "beperkt bereikbaar", "niet bereikbaar"],
  ],
  sv: [
    ...["inte på kontoret", "ej på kontoret", "inte på plats", "frånvarande", "frånvaro", "frånvaromeddelande", "på semester", "har semester", "föräldraledig", "sjukskriven", "tjänstledig", "på tjänsteresa", "är ledig"],
    ...["åter på kontoret", "tillbaka på kontoret", "när jag är tillbaka", "när jag är åter", "begränsad tillgång till mail", "begränsad tillgång till e-post"],
  ],
  no: [
    ...["ikke på kontoret", "ute av kontoret", "utenfor kontoret", "fraværende", "fravær", "fraværsmelding", "på ferie", "har ferie", "i permisjon", "i foreldrepermisjon", "sykmeldt", "på tjenestereise", "på reise", "tar ferie"],
    ...["tilbake på kontoret", "når jeg er tilbake", "begrenset tilgang til e-post", "begrenset tilgang til epost"],
  ],
  da: [
    ...["ikke på kontoret", "ikke til stede", "fraværende", "fravær", "på ferie", "holder ferie", "har ferie", "på barsel", "på orlov", "på forretningsrejse", "sygemeldt", "har fri"],
    ...["tilbage på kontoret", "når jeg er tilbage", "begrænset adgang til mail", "begrænset adgang til e-mail"],
  ],
  fi: [
    ...["poissa toimistolta", "en ole toimistolla", "olen poissa", "poissaolo", "poissaoloilmoitus", "lomalla", "vuosilomalla", "kesälomalla", "vanhempainvapaalla", "sairauslomalla", "virkamatkalla", "työmatkalla", "opintovapaalla", "en ole tavoitettavissa"],
    ...["palaan töihin", "palaan toimistolle", "palattuani", "palaan lomalta", "tavoitettavissa jälleen"],
  ],
  pl: [
    ...["poza biurem", "jestem nieobecny", "jestem nieobecna", "nieobecny w biurze", "nieobecna w biurze", "nieobecność", "będę nieobecny", "będę nieobecna", "na urlopie", "na urlopie macierzyńskim", "na zwolnieniu lekarskim", "w delegacji", "przebywam na urlopie", "przebywam poza"],
    ...["po powrocie", "po moim powrocie", "ograniczony dostęp do poczty", "wracam do biura", "wracam do pracy"],
  ],
};

/** Somebody has gone for good. */
export const LEFT = {
  en: [
    ...["no longer with the company", "no longer with", "no longer works for", "no longer works at", "no longer work for", "no longer work at", "no longer working for", "no longer working at", "no longer employed", "no longer an employee", "no longer at", "no longer part of"],
    ...["has left the company", "have left the company", "has left the organization", "has left the organisation", "have left the organization", "i have left", "i've left", "left the business", "has departed", "my last day was", "my last day at", "has moved on from", "is not with … anymore", "retired from", "i have retired", "this mailbox is no longer monitored", "this email address is no longer in use", "this mailbox is no longer in use"],
  ],
  de: [
    ...["nicht mehr für … tätig", "nicht mehr im unternehmen", "nicht mehr bei … beschäftigt", "nicht mehr bei … tätig", "nicht mehr in unserem unternehmen", "nicht mehr in unserem hause", "das unternehmen verlassen", "aus dem unternehmen ausgeschieden", "ausgeschieden", "die firma verlassen", "nicht mehr in der firma", "im ruhestand", "nicht mehr bei uns", "arbeite nicht mehr", "arbeitet nicht mehr"],
  ],
  fr: ["quitté l'entreprise", "quitté la société", "quitté mes fonctions", "quitté ses fonctions", "ne fais plus partie", "ne fait plus partie", "ne travaille plus", "n'est plus dans l'entreprise", "parti à la retraite", "partie à la retraite", "n'est plus en service", "j'ai quitté"],
  es: ["ya no trabajo", "ya no trabaja", "ya no forma parte", "ya no formo parte", "ha dejado la empresa", "he dejado la empresa", "dejado de trabajar", "ya no pertenece", "ya no pertenezco", "se ha jubilado", "me he jubilado"],
  it: ["non lavora più", "non lavoro più", "ha lasciato l'azienda", "ho lasciato l'azienda", "non fa più parte", "non faccio più parte", "lasciato la società", "in pensione", "non è più in azienda"],
  pt: ["já não trabalho", "já não trabalha", "não trabalho mais", "não trabalha mais", "deixou a empresa", "deixei a empresa", "não faz mais parte", "não faço mais parte", "já não faz parte", "já não faço parte", "desligado da empresa", "desligada da empresa", "me aposentei"],
  nl: ["niet meer werkzaam", "niet langer werkzaam", "werk niet meer", "werkt niet meer", "uit dienst", "heb … verlaten", "heeft … verlaten", "niet meer in dienst", "niet langer in dienst", "met pensioen"],
  sv: ["har slutat", "slutat på", "slutat min anställning", "arbetar inte längre", "jobbar inte längre", "inte längre anställd", "inte kvar på", "lämnat företaget", "lämnat bolaget", "gått i pension"],
  no: ["har sluttet", "sluttet i", "jobber ikke lenger", "arbeider ikke lenger", "ikke lenger ansatt", "ikke lenger i selskapet", "gått av med pensjon"],
  da: ["er fratrådt", "fratrådt min stilling", "arbejder ikke længere", "ikke længere ansat", "er stoppet i", "er stoppet hos", "ikke længere hos", "gået på pension"],
  fi: ["en työskentele enää", "ei työskentele enää", "en ole enää", "ei ole enää töissä", "ei ole enää palveluksessa", "siirtynyt pois", "lopettanut työni", "jäänyt eläkkeelle", "työsuhteeni … päättynyt", "ei työskentele meillä"],
  pl: ["już nie pracuję", "już nie pracuje", "nie pracuję już", "nie pracuje już", "nie jest już pracownikiem", "zakończyłem pracę", "zakończyłam pracę", "zakończył pracę", "zakończyła pracę", "nie jestem już", "przeszedł na emeryturę", "przeszła na emeryturę"],
};

/** A desk, not a person: mails are numbered and answered later. */
export const DESK = {
  en: [
    ...["your ticket", "ticket number", "ticket id", "ticket has been created", "case number", "case has been created", "your request has been received", "we have received your request", "we have received your email", "we have received your message", "we've received your", "has been assigned the", "reference number", "support team will", "thank you for contacting", "thanks for contacting", "thanks for reaching out to", "thank you for reaching out to", "this is an automated", "this is an automatic", "automatically generated", "auto-generated", "do not reply to this", "please do not reply", "within 24 hours", "within 48 hours", "within … business days", "as soon as possible … our team"],
  ],
  de: ["ticketnummer", "ihr ticket", "ihre anfrage ist bei uns eingegangen", "wir haben ihre anfrage erhalten", "wir haben ihre nachricht erhalten", "ihre e-mail ist bei uns eingegangen", "vorgangsnummer", "automatisch generiert", "automatisch erstellt", "automatisch erzeugt", "dies ist eine automatische", "bitte antworten sie nicht auf diese"],
  fr: ["numéro de ticket", "votre demande a bien été", "nous avons bien reçu votre", "avons bien reçu votre", "accusé de réception", "ceci est un message automatique", "message généré automatiquement", "merci de ne pas répondre", "ne pas répondre à ce"],
  es: ["número de ticket", "hemos recibido su", "hemos recibido tu", "su solicitud ha sido", "mensaje automático", "correo automático", "generado automáticamente", "no responda a este", "no responder a este", "acuse de recibo"],
  it: ["numero di ticket", "abbiamo ricevuto la sua", "abbiamo ricevuto la tua", "abbiamo ricevuto il tuo", "la sua richiesta è stata", "messaggio automatico", "generato automaticamente", "non rispondere a questa", "non rispondere a questo"],
  pt: ["número do ticket", "número do chamado", "recebemos a sua", "recebemos o seu", "recebemos sua", "recebemos seu", "mensagem automática", "gerado automaticamente", "gerada automaticamente", "não responda a este", "não responda a esta"],
  nl: ["ticketnummer", "wij hebben uw", "we hebben je bericht", "we hebben uw bericht", "uw aanvraag is ontvangen", "dit is een automatisch", "automatisch gegenereerd", "niet op deze e-mail", "ontvangstbevestiging"],
  sv: ["ärendenummer", "vi har tagit emot ditt", "vi har mottagit ditt", "tack för att du kontaktar", "automatiskt genererat", "detta är ett automatiskt", "svara inte på detta"],
  no: ["saksnummer", "vi har mottatt din", "vi har mottatt henvendelsen", "takk for at du kontakter", "dette er en automatisk", "automatisk generert", "ikke svar på denne"],
  da: ["sagsnummer", "vi har modtaget din", "tak for din henvendelse", "dette er en automatisk", "automatisk genereret", "svar ikke på denne", "kvittering for modtagelse"],
  fi: ["tikettinumero", "palvelupyyntö", "olemme vastaanottaneet", "viestisi on vastaanotettu", "tämä on automaattinen", "automaattisesti luotu", "älä vastaa tähän", "kiitos yhteydenotostasi"],
  pl: ["numer zgłoszenia", "otrzymaliśmy twoje", "otrzymaliśmy państwa", "zgłoszenie zostało", "wiadomość wygenerowana automatycznie", "wygenerowana automatycznie", "prosimy nie odpowiadać", "wiadomość automatyczna"],
};

/** Somebody's machine wants proof that a person wrote. */
export const CHALLENGE = {
  en: [
    ...["verify that you are a human", "verify you are human", "verify your email address to deliver", "confirm that you are a human", "prove that you are human", "prove you are human", "confirm your email address so that", "your message is waiting", "your message has been held", "message is being held", "to release your message", "to have your message delivered", "click … to deliver your", "requires senders to verify", "requires sender verification", "sender verification", "you are not on … approved", "approved senders list", "add yourself to my guest list", "challenge response", "spam protection requires", "pending approval by the recipient", "boxbe", "spamarrest"],
  ],
  de: ["bestätigen sie … dass sie ein mensch", "ihre nachricht wird zurückgehalten", "um ihre nachricht zuzustellen"],
  fr: ["mailinblack", "prouver que vous êtes un humain", "authentifier … votre message", "pour que votre message soit délivré", "votre message est en attente", "protégé par un antispam"],
  es: ["verifique que es una persona", "confirme que es una persona", "su mensaje está retenido"],
  it: ["dimostrare di essere una persona", "il messaggio è in attesa di"],
  pt: ["confirme que você é humano", "antispam uol", "autenticação … antispam", "para que sua mensagem seja entregue"],
  nl: ["bevestig dat u een mens bent"],
  sv: ["bekräfta att du är en människa"],
  no: ["bekreft at du er et menneske"],
  da: ["bekræft at du er et menneske"],
  fi: ["vahvista että olet ihminen"],
  pl: ["potwierdź że jesteś człowiekiem"],
};

/** What answering machines add and people leave out. */
export const COURTESY = {
  en: ["thank you for your email", "thank you for your e-mail", "thanks for your email", "thank you for your message", "thanks for your message", "thank you for your mail", "in urgent cases", "for urgent matters", "if your matter is urgent", "if it is urgent", "if urgent", "for anything urgent", "for urgent", "in case of emergency", "your email will not be forwarded", "in my absence", "during my absence", "during this time", "during this period", "i will respond", "i will reply", "i will get back to you", "i'll respond", "i'll reply"],
  de: ["vielen dank für ihre nachricht", "vielen dank für ihre e-mail", "vielen dank für ihre mail", "danke für ihre nachricht", "danke für deine nachricht", "in dringenden fällen", "in dringenden angelegenheiten", "wird nicht weitergeleitet", "nicht automatisch weitergeleitet", "während meiner abwesenheit", "meine vertretung", "in dieser zeit", "sehr geehrte damen und herren"],
  fr: ["merci pour votre message", "merci de votre message", "j'ai bien reçu votre", "en cas d'urgence", "pour toute urgence", "pendant mon absence", "en mon absence", "durant cette période", "votre message ne sera pas"],
  es: ["gracias por su mensaje", "gracias por tu mensaje", "gracias por su correo", "en caso de urgencia", "para asuntos urgentes", "para temas urgentes", "durante mi ausencia", "en mi ausencia", "durante este periodo"],
  it: ["grazie per il messaggio", "grazie per la mail", "grazie per la sua", "grazie per il suo", "per urgenze", "in caso di urgenza", "per questioni urgenti", "durante la mia assenza", "in mia assenza"],
  pt: ["obrigado pela sua mensagem", "obrigada pela sua mensagem", "obrigado pelo seu", "agradeço o seu", "em caso de urgência", "para assuntos urgentes", "durante a minha ausência", "durante este período", "durante minha ausência"],
  nl: ["bedankt voor uw bericht", "bedankt voor je bericht", "dank voor uw", "dank u voor uw", "bij spoed", "in dringende gevallen", "voor dringende zaken", "tijdens mijn afwezigheid", "wordt niet doorgestuurd"],
  sv: ["tack för ditt mail", "tack för ditt mejl", "tack för ditt meddelande", "vid brådskande", "vid akuta ärenden", "under min frånvaro", "i brådskande ärenden", "mailet vidarebefordras inte"],
  no: ["takk for din e-post", "takk for e-posten", "takk for din henvendelse", "takk for meldingen", "ved hastesaker", "haster det", "hvis det haster", "i mitt fravær", "under mitt fravær"],
  da: ["tak for din mail", "tak for din e-mail", "tak for din besked", "hvis det haster", "i hastende tilfælde", "ved hastesager", "i mit fravær", "under mit fravær"],
  fi: ["kiitos viestistäsi", "kiitos sähköpostistasi", "kiireellisissä asioissa", "kiireellisissä tapauksissa", "poissaollessani", "poissaoloni aikana", "lomani aikana"],
  pl: ["dziękuję za wiadomość", "dziękuję za państwa", "dziękuję za maila", "w pilnych sprawach", "w sprawach pilnych", "w nagłych przypadkach", "podczas mojej nieobecności", "w czasie mojej nieobecności"],
};
