// The small words around days, folded as the text is: which of the days of a note is the one of return. Months and
// weekdays are not here: calendar-names.ts has them from CLDR.

const words = (list: string) => new RegExp(`(?<![\\p{L}\\d])(?:${list})(?![\\p{L}\\d])`, "u");

export const TOMORROW =
  /^(?:tomorrow|morgen|demain|manana|domani|amanha|imorgon|i morgon|i morgen|huomenna|jutro|zitra|zajtra|holnap|maine|утре|sutra|homme|rit|rytoj|αυριο|завтра|yarin)(?!\p{L})/u;
export const NEXT_WEEK =
  /^(?:next week|nachste woche|nachster woche|kommende woche|la semaine prochaine|semaine prochaine|la proxima semana|proxima semana|la semana que viene|la prossima settimana|settimana prossima|na proxima semana|volgende week|nasta vecka|neste uke|naeste uge|naste uge|ensi viikolla|w przyszlym tygodniu|pristi tyden|buduci tyzden|jovo heten|saptamana viitoare|следващата седмица|iduci tjedan|naslednji teden|jargmisel nadalal|на следующей неделе|наступного тижня|haftaya|gelecek hafta(?:ya)?|przyszlego tygodnia|pristiho tydne|buduceho tyzdna|следующеи недели|наступного тижня)(?!\p{L})/u;
/** Beside a weekday: not the one that is still to come in this week. */
export const NEXT = words(
  "next|nachste[nrs]?|volgende|nasta|neste|naeste|naste|ensi|przysz\\p{L}{1,4}|nastepn\\p{L}{1,3}|pristi|buduci|следующ\\p{L}{2}|наступн\\p{L}{1,3}",
);
/** This week and the next one. */
export const BOTH_WEEKS =
  /^(?:this(?: week)? and (?:the )?next(?: week)?(?!\p{L})|diese(?: woche)? und (?:die )?(?:nachste|kommende) woche|cette semaine et la (?:semaine )?(?:prochaine|suivante)|esta semana y la (?:proxima|siguiente|que viene)|questa settimana e la prossima|deze(?: week)? en (?:de )?volgende week|esta semana e a proxima|den(?:na| har)(?: veckan)? och nasta vecka|denne(?: uken)? og neste uke|denne(?: uge)? og (?:naeste|naste) uge|talla ja ensi viikolla|w tym i (?:w )?(?:przyszlym|nastepnym) tygodniu|tento a pristi tyden)/u;
/** The week in which a day is: "the week of 7 December", "la semaine du 7". */
export const WEEK_OF =
  /(?:week (?:of|beginning|commencing|starting)(?: the)?|w\/c|woche (?:vom|ab dem|ab)|semaine du|semana del?|settimana del|week van|veckan den|uken fra|ugen fra) $/u;
/** "Mid-November", "Mitte November". */
export const MIDDLE_OF =
  /(?<!\p{L})(?:mid|middle of|mitte|mi|mediados de|meta(?: di)?|half|medio|meados de|polow(?:ie|y)|mitten av|midten a[fv]|polovin[eu]|sredin[ei]|середин[еуиі]) ?-? ?$/u;
/** "Until the end of the month": of the one in which the note was sent. */
export const MONTH_END =
  /^(?:end of (?:the|this) month|month-?end|monatsende|ende (?:des|dieses) monats|fin (?:du|de ce) mois|fin de(?: este)? mes|fine(?: del)? mese|fim d[oe](?:ste)? mes|eind(?:e)? (?:van de|van deze|deze) maand|manadsskiftet|slutet av manaden|slutten av maneden|slutningen af maneden|kuun loppuun|konca miesiaca|konce mesice|konca mesiaca|honap vegeig|sfarsitul lunii|края на месеца|kraja mjeseca|konca meseca|конца месяца|кінця місяця|ay sonuna)(?!\p{L})/u;
/** Before the number of a calendar week. */
export const WEEK = new Set(
  "kw week wk kalenderwoche semaine semana settimana vecka v uke uge viikko viikolla viikon vk tydzien tygodniu tyden tyzden het saptamana".split(
    " ",
  ),
);
export const CROATIAN = words("sam|godisnjem|odmoru|uredu|odsutan|odsutna|cu|tvrtka");

/** The day named beside it is the day they are back. */
export const BACK = words(
  [
    "back(?! to (?:you|all|every))|return|returning|returns|reachable|available again|(?<!not (?:be )?)available from|resume[sd]?|resuming|reopens?|open again|again|onwards?",
    "zuruck|wieder|erreichbar ab|geoffnet ab|retour|rentre|rentrerai|reviens|reviendrai|reprendrai|disponible a partir|joignable a partir|rouvre|rouvrira",
    "regres(?:o|a|ando|are|amos)|vuelvo|volviendo|volvere|vuelta|reincorporo|reincorporare|incorporo|reabre|reabrimos|rientr(?:o|a|ero|ando)|ritorno|torn(?:ero|o|a|ando)|riapre|riapriamo",
    "regress\\p{L}{1,6}|retorn(?:o|a|ando|arei|amos)|volt(?:o|a|ando|arei|amos|aremos)|terug|weer|ater|tillbaka|tilbake|tilbage|igen|igjen|palaan|takaisin|tavoitettavissa|jalleen|toissa",
    "wracam|wroce|powrot|powrocie|z powrotem|ponownie|vratim|vracim|zpet|vrati se|spat|vratim sa|terek vissza|erek vissza|vissza|leszek ujra|ismet|visszaterek",
    "revin|reveni|ma intorc|връщам|върна|отново|на работа съм|vracam se|vratit cu|ponovno|vrnem se|vrnil|spet|nazaj|tagasi|naasen|tulen tagasi|atgriez\\p{L}{0,5}|buna atpakal|سأعود|أعود|اعود|العودة|אחזור|אשוב|חוזר|חוזרת|กลับ|tro lai|quay lai",
    "gri[sz]\\p{L}{0,4}|vel dirbsiu|επιστρεφω|επιστρεψω|πισω|ar ais|fillfidh|nirritorna|nerga'|вернусь|возвращаюсь|снова|выйду|выиду|повернуся|повертаюся|вийду|вииду",
    "donecegim|geri|ofiste olacagim|donuyorum|donus|rouvert|rouvrons|reouverture|reouvre|first day (?:back|in)|otevr\\p{L}{1,4}|otvor\\p{L}{1,4}|запрац\\p{L}{1,6}|відчин\\p{L}{1,6}|поновл\\p{L}{1,6}|заработ\\p{L}{1,5}|откро\\p{L}{1,5}|возобнов\\p{L}{1,6}",
    "nastupuj\\p{L}{1,3}|nastoupi\\p{L}{0,3}|nastupi\\p{L}{0,3}|zacinam\\p{L}{0,1}|zaciname",
  ].join("|"),
);
/** The day after it is the last day away, or the first day back: languages and people differ. */
export const UNTIL = words(
  [
    "up to|until|till|til|untill|thru|through|ends|bis|jusqu'au|jusqu'a|jusque|hasta|fino|fino al|fino a|sino al|ate|ate ao|ate a|tot|tot en met|t/m|t\\.o\\.m|t o m|t\\. o\\. m\\.?|tom",
    "til og med|till och med|till|do|do dnia|az do|pana|pana pe|pana la|до|по|kuni|lidz|iki|εως|μεχρι|go dti|sa|حتى|لغاية|עד|ถึง|ถึงวันที่|den het|het ngay|den",
  ].join("|"),
);
/** The same, after the day. */
export const UNTIL_AFTER =
  /^\.?\s?(?:-ig|-ig\b|ig\b|asti|saakka|ni\b|tarihine kadar|['’]?(?:y|n)?[ae] kadar|kadar)/u;
export const BACK_AFTER =
  /^(?:-?\p{L}{0,4})[.,:]?\s(?:\p{L}+\s){0,4}(?:zpet|zpatky|spat|tilbake|tilbage|tillbaka|ater|takaisin|vissza|inapoi|nazaj|terug|wieder|again|onwards?|ponownie|igjen|igen|jalleen|weer|de nouveau|nuovamente|novamente|de nuevo|terek|leszek|erek|ismet|donecegim|geri|ofiste|donuyorum|olen tagasi|zuruck|(?:de|di) (?:vuelta|retour)|itibariyla|itibaren|yeniden)(?!\p{L})/u;
/** "From the 2nd": the first day away, unless a word says that it is the day of return. */
export const FROM = words(
  "from|since|starting|as of|between|ab|von|vom|seit|zwischen|du|depuis|entre|del|desde|dal|de|desde o|van|vanaf|sinds|fran|fra|mellan|mellom|mellem|od|od dnia|intre|de pe|от|между|alates|no|nuo|tarp|απο|с|з|із|o",
);
/** A word that says the last day belongs to the absence. */
export const INCLUSIVE = words(
  "through|thru|up to and including|inclusive|inclusively|einschliesslich|einschlieslich|einschl|inkl|inclus|incluido|compreso|incluso|inclusief|t/m|tot en met|till och med|t\\.o\\.m|tom|til og med|mukaan lukien|wlacznie|vcetne|vratane|включително|включительно|zakljucno|vkljucno|ukljucivo|ukljucno|μεχρι και",
);
/** "End of March" is over on the first of April. */
export const END_OF = words(
  "end|ende|fin|finales|final|fine|eind|einde|slutet|slutten|slutningen|loppuun|koniec|konca|konce|koncem|vege|sfarsitul|края|kraja|kraj|lopuni|beigam|pabaigos|τελος|конца|кінця",
);

/** At work, or answering mail: a day beside it is the day of return where nothing denies it. First letters of words. */
export const WORKS = new RegExp(
  `(?<![\\p{L}\\d])(?:${[
    "answer|first day|full attention|look(?:ing)? at (?:my |your )?e-?mail|repl(?:y|ies)|respond|resum|catch up|catching up|at my desk|in the office|at work|available|on my feet|deal with|attend to|normal service|hear from me|read (?:my|your|mail|e-?mail|message)",
    "antwort|beantwort|entgegen|ruckmeld|ruckruf|lese|bearbeit|melde|zur verfugung|im haus|im buro|am platz|fur sie da|repond|traiter|consulte|lirai|reprise|au bureau|disponib|joignable|a mon poste",
    "contest|atend|atiend|leer|lee mi|te leo|les leo|en la oficina|incorpor|rispond|legger|in ufficio|in sede|operativ|lerei|vejo|no escritorio|ao trabalho|lees|lezen|reactie|op kantoor|bereikbaar|aan het werk",
    "svara|svarer|laser|lese[rn]?(?!\\p{L})|kontoret|pa jobb|pa plats|pa plass|i tjanst|moder|arbejde|vastaa|luen|toissa|toimistolla|paikalla|odpisz|odpow|przeczyt|w pracy|do pracy|w biurze|dostepn|osiagaln|retom|anwesend|ansprechbar",
    "odpov|cist|prect|v praci|v kancelar|k dispozici|citat|valaszol|olvas|bent|dolgoz|irodaban|elerhet|raspun|citi|la birou|отговор|чета|на работа|в офис[ае]",
    "javit|javljam|citam|pregled|odgovor|u uredu|na poslu|u kancelariji|javi[ml]|bral|v pisarn|v sluzbi|dosegljiv|dostupn|na mjestu|vastan|loen|tool|kontoris|atbild|lasis|darba|biroja|atsak|skait|darbe|biure|dirb",
    "απαντ|διαβα|στο γραφειο|στη δουλεια|відпов|прочит|на робот|в офіс|на зв.язк|отвеч|ответ|на связи|на месте|на місці|на место|доступн|yanit|cevap|bakacag|isbas|ofiste|freagra|wiegeb|nirrispond|nwiegeb",
  ].join("|")})`,
  "u",
);
/** Its day belongs to the absence: "after 3 August", "nach dem 3. August". */
export const AFTER =
  /(?<!\p{L})(?:after|nach(?: dem)?|apres(?: le)?|despues del?|dopo(?: il)?|apos(?: o)?(?: dia)?|efter(?: den)?|etter(?: den)?|после|після) $/u;
/** What denies it: "ab Montag nicht im Büro". Not "only on Monday", which NOT_BEFORE has. */
export const DENIED = words(
  "not|n't|won't|cannot|unable|without|nicht|kein|keine|keinen|kaum|pas|sans|no|sin|non|senza|nao|sem|niet|geen|inte|ej|utan|ikke|uden|uten|en ole|ei|eivat|nie|bez|ne|nem|nu|fara|не|нет|без|ni|nisem|nismo|nisam|nicam|brez|neesmu|nav|nebus|neliks|δεν|nil|ni bheidh|ma|degil",
);
/** "Nicht vor Montag", "dopiero w poniedziałek": the day is the one of return. */
export const NOT_BEFORE = words(
  [
    "not (?:\\p{L}+ ){0,6}before|not (?:\\p{L}+ ){0,6}until|n't (?:\\p{L}+ ){0,6}(?:before|until)|only (?:on|from)|erst|nicht (?:\\p{L}+ ){0,6}vor|fruhestens|pas (?:\\p{L}+ ){0,6}avant|qu'a partir|no (?:\\p{L}+ ){0,6}(?:antes|hasta)",
    "non (?:\\p{L}+ ){0,6}prima|solo (?:dal|da|il)|nao (?:\\p{L}+ ){0,6}antes|so (?:a partir|no|na)|pas (?:weer )?(?:op|vanaf|na)|niet (?:\\p{L}+ ){0,6}(?:voor|eerder)|forst|inte (?:\\p{L}+ ){0,6}(?:fore|forran)|ikke (?:\\p{L}+ ){0,6}for|tidigast|tidligst",
    "vasta|aikaisintaan|dopiero|nie wczesniej|az(?! do)|nejdriv|najskor|csak|leghamarabb|abia|едва|tek|sele|alles|tikai|tik|μολις|только|не раньше|лише|не раніше|ancak",
  ].join("|"),
);
/** Its day is the last one away, whatever the language's "until" means. */
export const LAST_DAY = words(
  "last (?:\\p{L}+ ){0,2}day|letzter? (?:\\p{L}+ )?\\p{L}*tag|dernier jour|ultimo dia|ultimo giorno|laatste (?:\\p{L}+ )?\\p{L}*dag|sista (?:\\p{L}+ )?\\p{L}*dag|siste (?:\\p{L}+ )?\\p{L}*dag|sidste (?:\\p{L}+ )?\\p{L}*dag|viimeinen (?:\\p{L}+ )?\\p{L}*paiva|ostatni dzien|posledn[iy] den|utolso nap|ultima zi|последен ден|zadnji dan|viimane \\p{L}*paev|pedeja diena|paskutine diena|τελευταια|останн\\p{L}{2} день|последн\\p{L}{2} день|son gun",
);
/** The week in which the note was sent. */
export const THIS_WEEK =
  /^(?:(?:end of (?:the|this) week|end of week|week-?end|ende (?:der|dieser) woche|wochenende|fin de (?:la |cette )?semaine|fin(?:al)? de (?:la |esta )?semana|fim d[ea](?:sta)? semana|fine (?:della |di questa )?settimana|eind(?:e)? (?:van de |van deze |deze )week|slutet av veckan|veckans slut|slutten av uken|slutningen af ugen|loppuviikkoon|viikon loppuun|konce tydne|konca tyzdna|het vegeig|sfarsitul saptamanii|края на седмицата|konca tedna|nadala lopuni|nedelas beigam|savaites pabaigos|τελος της εβδομαδας|конца недели|кінця тижня|hafta sonuna(?: kadar)?)|(?:all|this|the whole|rest of the|remainder of the) week|(?:diese|ganze) woche|rest der woche|(?:cette|toute la|reste de la) semaine|(?:esta|toda la|resto de la) semana|(?:questa|tutta la) settimana|toda a semana|deze week|de hele week|rest van de week|denna vecka|den har veckan|hela veckan|resten av veckan|denne uken|hele uken|resten av uken|denne uge|hele ugen|resten af ugen|talla viikolla|koko viikon|loppuviikon|w tym tygodniu|caly tydzien|do konca tygodnia|tento tyden|cely tyden|tento tyzden|cely tyzden|ezen a heten|egesz heten|saptamana aceasta|toata saptamana|тази седмица|цяла седмица|ovaj tjedan|cijeli tjedan|kraja tjedna|kraja nedelje|ta teden|ves teden|sel nadalal|kogu nadala|soned[e]l|visu nedelu|sia savaite|visa savaite|αυτη την εβδομαδα|ολη την εβδομαδα|цього тижня|весь тиждень|этои неделе|всю неделю|bu hafta|hafta boyunca)(?!\p{L})/u;

/** "Today and tomorrow": the second is the last day away. */
export const TODAY_AND =
  /(?<!\p{L})(?:today|heute|aujourd'hui|hoy|oggi|hoje|vandaag|idag|i dag|tanaan|dzis\p{L}{0,2}|dnes|ma|azi|днес|danas|danes|tana|sodien|siandien|σημερα|сьогодні|сегодня|bugun)\s(?:and|und|et|y|e|en|och|og|ja|i|a|es|si|и|in|un|ir|και|та|і|ve)\s$/u;
