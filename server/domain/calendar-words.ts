// Months, weekdays and the small words around dates, in twelve languages, folded as the text is (phrases.ts): "mars"
// and "märz" and "marzec" are March, whichever language the rest is in.

const MONTH_NAMES = [
  "january jan januar january janv janvier enero ene gennaio gen janeiro januari tammikuuta tammikuu tammik tammi stycznia styczen sty jaanuar jänner janner",
  "february feb februar fevr fev fevrier febrero febbraio fevereiro februari helmikuuta helmikuu helmik helmi lutego luty lut",
  "march mar marz mrz maerz mars marzo março marco maart mrt marts maaliskuuta maaliskuu maalisk maalis marca marzec",
  "april apr avril avr abril abr aprile huhtikuuta huhtikuu huhtik huhti kwietnia kwiecien kwi",
  "may mai mayo maggio mag maio mei maj toukokuuta toukokuu toukok touko maja",
  "june jun juni juin junio giugno giu junho kesakuuta kesakuu kesak kesa czerwca czerwiec cze",
  "july jul juli juil juillet julio luglio lug julho heinakuuta heinakuu heinak heina lipca lipiec lip",
  "august aug aout agosto ago augustus augusti elokuuta elokuu elok elo sierpnia sierpien sie",
  "september sep sept septembre septiembre settembre set setembro syyskuuta syyskuu syysk syys wrzesnia wrzesien wrz",
  "october oct oktober okt octobre octubre ottobre ott outubro out lokakuuta lokakuu lokak loka pazdziernika pazdziernik paz",
  "november nov novembre noviembre novembro marraskuuta marraskuu marrask marras listopada listopad lis",
  "december dec dezember dez decembre diciembre dic dicembre dezembro desember des joulukuuta joulukuu jouluk joulu grudnia grudzien gru",
];
const WEEKDAY_NAMES = [
  "monday mon montag lundi lunes lunedi segunda-feira segunda maandag mandag mandag maanantaina maanantai maanantaista maanantaihin maanantain poniedzialek poniedzialku poniedzialku mo",
  "tuesday tue tues dienstag mardi martes martedi terca-feira terca dinsdag tisdag tirsdag tiistaina tiistai tiistaihin tiistain wtorek wtorku wtorku",
  "wednesday wed mittwoch mercredi miercoles mercoledi quarta-feira quarta woensdag onsdag keskiviikkona keskiviikko keskiviikkoon keskiviikon sroda srode srody",
  "thursday thu thur thurs donnerstag jeudi jueves giovedi quinta-feira quinta donderdag torsdag torstaina torstai torstaihin torstain czwartek czwartku czwartku",
  "friday fri freitag vendredi viernes venerdi sexta-feira sexta vrijdag fredag perjantaina perjantai perjantaihin perjantain piatek piatku piatku",
  "saturday sat samstag sonnabend samedi sabado sabato zaterdag lordag lauantaina lauantai lauantaihin sobota sobote soboty",
  "sunday sun sonntag dimanche domingo domenica zondag sondag sunnuntaina sunnuntai sunnuntaihin niedziela niedziele niedzieli",
];

export const MONTH = numbered(MONTH_NAMES);
export const WEEKDAY = numbered(WEEKDAY_NAMES);
/** For a regular expression, longest first. */
export const MONTH_PATTERN = pattern(MONTH);
export const WEEKDAY_PATTERN = pattern(WEEKDAY);

export const TOMORROW =
  "tomorrow|morgen|demain|manana|domani|amanha|imorgon|i morgon|i morgen|huomenna|jutro";
export const NEXT_WEEK =
  "next week|nachste woche|nachster woche|kommende woche|la semaine prochaine|semaine prochaine|la proxima semana|proxima semana|la semana que viene|la prossima settimana|settimana prossima|na proxima semana|volgende week|nasta vecka|neste uke|naeste uge|naste uge|ensi viikolla|w przyszlym tygodniu";

/** Said before the day somebody is back: `back on`, `wieder ab`. */
export const BACK =
  "back(?! to (?:you|all|every))|return|returning|returns|reachable|available again|available from|resume|reopen|reopens|open again|geoffnet ab|rouvre|rouvrira|reabre|reabrimos|riapre|riapriamo|reabrimos|zuruck|wieder|erreichbar ab|retour|rentre|rentrerai|reviens|reviendrai|disponible a partir|joignable a partir|regreso|regresare|regresando|vuelvo|volvere|vuelta|reincorporo|reincorporare|incorporo|rientro|rientrero|ritorno|tornero|torno|regresso|regressarei|retorno|retornarei|volto|voltarei|terug|weer aanwezig|weer bereikbaar|weer op kantoor|ater|tillbaka|tilbake|tilbage|palaan|takaisin|tavoitettavissa|wracam|wroce|powrot|powrocie|bede z powrotem|ponownie|igen|igjen|jalleen|again|w biurze od|od nowa";

/** Said before the last day of an absence, or the day it ends: nobody knows which. */
export const UNTIL =
  "up to|until|till|til|untill|thru|through|bis|jusqu'au|jusqu'a|au|hasta|hasta el|al|fino|fino al|fino a|ate|ate ao|ate a|ate dia|tot|t/m|tom|t\\.o\\.m\\.?|til og med|til og|saakka|asti|do|do dnia";

/** Said with a last day that belongs to the absence. */
export const INCLUSIVE =
  "through|thru|up to and including|inclusive|inclusively|einschliesslich|einschlieslich|einschl|inkl|inclus|inclusive|incluido|compreso|incluso|inclusief|t/m|tot en met|till och med|t\\.o\\.m|tom|til og med|mukaan lukien|wlacznie";

function numbered(lists: readonly string[]): ReadonlyMap<string, number> {
  return new Map(lists.flatMap((list, index) => list.split(" ").map((word) => [word, index + 1] as const)));
}

function pattern(words: ReadonlyMap<string, number>) {
  return [...words.keys()].sort((a, b) => b.length - a.length).join("|");
}
