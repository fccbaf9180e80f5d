// What of Liquid a mail may say. Nothing that reads files or other templates, keeps counters, or hands on text that
// counts as escaped already; of the filters those whose work is bounded by what they are given.

export const TAGS: Record<string, "opening" | "branch" | "closing" | "single"> = {
  if: "opening",
  unless: "opening",
  case: "opening",
  for: "opening",
  elsif: "branch",
  else: "branch",
  when: "branch",
  endif: "closing",
  endunless: "closing",
  endcase: "closing",
  endfor: "closing",
  assign: "single",
  break: "single",
  continue: "single",
};

export const FILTERS: ReadonlySet<string> = new Set([
  ...["default", "upcase", "downcase", "capitalize", "strip", "lstrip", "rstrip", "strip_newlines"],
  ...["truncate", "truncatewords", "replace", "replace_first", "remove", "remove_first", "append", "prepend"],
  ...["split", "join", "first", "last", "size", "slice", "date", "url_encode", "escape", "escape_once"],
  ...[
    "plus",
    "minus",
    "times",
    "divided_by",
    "modulo",
    "round",
    "ceil",
    "floor",
    "abs",
    "at_least",
    "at_most",
  ],
]);

/** Apollo's `->` operators, by the filter that does it. */
export const LIQUID_OPERATORS: Record<string, string> = {
  lowercase: "downcase",
  downcase: "downcase",
  uppercase: "upcase",
  upcase: "upcase",
  capitalize: "capitalize",
  capitalize_each_word: "_each_word",
  titlecase: "_each_word",
  plural: "_plural",
  pluralize: "_plural",
};
