// The small words around days, folded as the text is: which of the days of a note is the one of return. Months and
// weekdays are not here: calendar-names.ts has them from CLDR.

const words = (list: string) => new RegExp(`(?<![\\p{L}\\d])(?:${list})(?![\\p{L}\\d])`, "u");

export const TOMORROW =
  /^(?:tomorrow|morgen|demain|manana|domani|amanha|imorgon|i morgon|i morgen|huomenna|jutro|zitra|zajtra|holnap|maine|утре|sutra|homme|rit|rytoj|αυριο|завтра|yarin)(?!\p{L})/u;
export const NEXT_WEEK =
  /^(?:next week|nachste woche|nachster woche|kommende woche|la semaine prochaine|semaine prochaine|la proxima semana|proxima semana|la semana que viene|la prossima settimana|settimana prossima|na proxima semana|volgende week|nasta vecka|neste uke|naeste uge|naste uge|ensi viikolla|w przyszlym tygodniu|pristi tyden|buduci tyzden|jovo heten|saptamana viitoare|следващата седмица|iduci tjedan|naslednji teden|jargmisel nadalal|на следующей неделе|наступного тижня|haftaya|gelecek hafta)(?!\p{L})/u;
/** Before the number of a calendar week. */
export const WEEK = new Set(
  "kw week wk kalenderwoche semaine semana settimana vecka v uke uge viikko vk tydzien tyden tyzden het saptamana".split(
    " ",
  ),
);
export const CROATIAN = words("sam|godisnjem|odmoru|uredu|odsutan|odsutna|cu|tvrtka");

/** The day named beside it is the day they are back. */
export const BACK = words(
  [
    "back(?! to (?:you|all|every))|return|returning|returns|reachable|available again|available from|resume|reopens?|open again|again|onwards?",
    "zuruck|wieder|erreichbar ab|geoffnet ab|retour|rentre|rentrerai|reviens|reviendrai|reprendrai|disponible a partir|joignable a partir|rouvre|rouvrira",
    "regreso|regresare|vuelvo|volvere|vuelta|reincorporo|reincorporare|incorporo|reabre|reabrimos|rientro|rientrero|ritorno|tornero|torno|riapre|riapriamo",
    "regress\\p{L}{1,6}|retorno|retornarei|volto|voltarei|terug|weer|ater|tillbaka|tilbake|tilbage|igen|igjen|palaan|takaisin|tavoitettavissa|jalleen|toissa",
    "wracam|wroce|powrot|powrocie|z powrotem|ponownie|vratim|vracim|zpet|vrati se|spat|vratim sa|terek vissza|erek vissza|vissza|leszek ujra|ismet|visszaterek",
    "revin|reveni|ma intorc|връщам|върна|отново|на работа съм|vracam se|vratit cu|ponovno|vrnem se|vrnil|spet|nazaj|tagasi|naasen|tulen tagasi|atgriez\\p{L}{0,5}|buna atpakal",
    "gri[sz]\\p{L}{0,4}|vel dirbsiu|επιστρεφω|επιστρεψω|πισω|ar ais|fillfidh|nirritorna|nerga'|вернусь|возвращаюсь|снова|выйду|повернуся|повертаюся|вийду",
    "donecegim|geri|ofiste olacagim|donuyorum|donus",
  ].join("|"),
);
/** The day after it is the last day away, or the first day back: languages and people differ. */
export const UNTIL = words(
  [
    "up to|until|till|til|untill|thru|through|ends|bis|jusqu'au|jusqu'a|jusque|hasta|fino|fino al|fino a|sino al|ate|ate ao|ate a|tot|tot en met|t/m|t\\.o\\.m|tom",
    "til og med|till och med|till|do|do dnia|az do|pana|pana pe|pana la|до|по|kuni|lidz|iki|εως|μεχρι|go dti|sa",
  ].join("|"),
);
/** The same, after the day. */
export const UNTIL_AFTER =
  /^\.?\s?(?:-ig|-ig\b|ig\b|asti|saakka|ni\b|tarihine kadar|['’]?(?:y|n)?[ae] kadar|kadar)/u;
export const BACK_AFTER =
  /^(?:-?\p{L}{0,4})[.,]?\s(?:\p{L}+\s){0,4}(?:zpet|zpatky|spat|tilbake|tilbage|tillbaka|ater|takaisin|vissza|inapoi|nazaj|terug|wieder|again|onwards?|ponownie|igjen|igen|jalleen|weer|de nouveau|nuovamente|novamente|de nuevo|terek|leszek|erek|ismet|donecegim|geri|ofiste|donuyorum|olen tagasi|zuruck)(?!\p{L})/u;
/** "From the 2nd": the first day away, unless a word says that it is the day of return. */
export const FROM = words(
  "from|since|starting|as of|between|von|vom|seit|zwischen|du|depuis|entre|del|desde|dal|de|desde o|van|vanaf|sinds|fran|fra|mellan|mellom|mellem|od|od dnia|intre|de pe|от|между|alates|no|nuo|tarp|απο|с|з|із|o",
);
/** A word that says the last day belongs to the absence. */
export const INCLUSIVE = words(
  "through|thru|up to and including|inclusive|inclusively|einschliesslich|einschlieslich|einschl|inkl|inclus|incluido|compreso|incluso|inclusief|t/m|tot en met|till och med|t\\.o\\.m|tom|til og med|mukaan lukien|wlacznie|vcetne|vratane|включително|включительно|zakljucno|ukljucivo",
);
/** "End of March" is over on the first of April. */
export const END_OF = words(
  "end|ende|fin|finales|final|fine|eind|einde|slutet|slutten|slutningen|loppuun|koniec|konca|konce|koncem|vege|sfarsitul|края|kraja|kraj|lopuni|beigam|pabaigos|τελος|конца|кінця",
);
