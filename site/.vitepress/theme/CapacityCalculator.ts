// The calculator of docs/operate/capacity.md: figures in, needs out, nothing is sent.

import { defineComponent, h, reactive } from "vue";
import { type Load, needOf } from "../capacity.ts";

const FIELDS: readonly { key: keyof Load; label: string; most: number }[] = [
  { key: "contacts", label: "Contacts", most: 100_000_000 },
  { key: "mailboxes", label: "Mailboxes", most: 100_000 },
  { key: "emailsPerDay", label: "Emails a day", most: 100_000_000 },
  { key: "hours", label: "Hours a day in which they leave", most: 24 },
  { key: "monthsKept", label: "Months for which emails are kept", most: 240 },
];

const number = (value: number, digits = 1) =>
  value.toLocaleString("en", { maximumFractionDigits: value < 10 ? digits : 0 });

export const CapacityCalculator = defineComponent({
  name: "CapacityCalculator",
  setup() {
    const load: Load = reactive({
      contacts: 100_000,
      mailboxes: 100,
      emailsPerDay: 5_000,
      hours: 8,
      monthsKept: 24,
    });
    const field = ({ key, label, most }: (typeof FIELDS)[number]) =>
      h("label", { class: "capacity-field" }, [
        label,
        h("input", {
          type: "number",
          min: key === "hours" ? 1 : 0,
          max: most,
          value: load[key],
          onInput: ({ target }: Event) => {
            const value = (target as HTMLInputElement).valueAsNumber;
            if (value >= 0 && value <= most) load[key] = value;
          },
        }),
      ]);
    return () =>
      h("section", { class: "vp-doc capacity", "aria-labelledby": "calculator" }, [
        h("h2", { id: "calculator" }, "Calculator"),
        h("div", { class: "capacity-fields" }, FIELDS.map(field)),
        h("table", { "aria-live": "polite" }, [
          h("thead", [h("tr", [h("th", "needs"), h("th", "about")])]),
          h(
            "tbody",
            rows(load).map(([name, value]) => h("tr", [h("td", name), h("td", value)])),
          ),
        ]),
      ]);
  },
});

function rows(load: Load): [string, string][] {
  const need = needOf(load);
  return [
    [
      "emails a second, even and at the peak",
      `${number(need.emailsPerSecond, 2)} and ${number(need.atPeak, 2)}`,
    ],
    ["cores for the engine at the peak", number(need.engineCores, 3)],
    ["cores for PostgreSQL at the peak, for emails alone", number(need.databaseCores, 3)],
    ["engine processes", number(need.engines)],
    ["memory of an engine that reads all mailboxes", `${number(need.memoryMb)} MB`],
    ["disk for contacts and emails", `${number(need.diskGb)} GB`],
    ["written ahead by PostgreSQL a day", `${number(need.walGbPerDay)} GB`],
    ["emails of each mailbox a day", sayPerMailbox(need.perMailboxPerDay)],
  ];
}

/** What most providers tolerate of cold emails. */
const TOLERATED = 50;

const sayPerMailbox = (each: number) =>
  each > TOLERATED ? `${number(each)}: more than providers usually tolerate (${TOLERATED})` : number(each);
