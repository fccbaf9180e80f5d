// English names of regions where the holiday files know only the local ones: databases of contacts mostly write English.
// Beside them are the few countries that databases name as a country and the calendars as a region.

export const ENGLISH_REGIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  BE: { brussels: "BRU", flanders: "VLG", wallonia: "WAL" },
  CH: { basle: "BS", berne: "BE", luzern: "LU", wallis: "VS", waadt: "VD", tessin: "TI" },
  DE: {
    bavaria: "BY",
    hesse: "HE",
    "lower saxony": "NI",
    "mecklenburg-western pomerania": "MV",
    "north rhine-westphalia": "NW",
    "rhineland-palatinate": "RP",
    saxony: "SN",
    "saxony-anhalt": "ST",
    thuringia: "TH",
  },
  ES: { andalusia: "AN", "castilla-la mancha": "CM", madrid: "MD", navarre: "NC", valencia: "VC" },
  FR: { moselle: "57" },
  IT: { "south tyrol": "32", bolzano: "32" },
};

export const REGIONS_NAMED_AS_COUNTRIES: Readonly<Record<string, string>> = {
  england: "GB-ENG",
  scotland: "GB-SCT",
  wales: "GB-WLS",
  "northern ireland": "GB-NIR",
};
