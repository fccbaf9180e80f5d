// What a migration does to tables that are there already, read from its SQL: which work it makes, what waits for it meanwhile, and
// what the previous version would miss afterwards. A test compares it with what PostgreSQL does.

import { statementsIn } from "./statements.ts";

/** What takes time, and grows with the table. `locks` takes none. */
type Work = "rewrites" | "checks" | "indexes" | "searches" | "changes rows" | "locks";

export type Effect = {
  /** Null where only the name of its index or foreign key is known, or where each table with a domain is meant. */
  table: string | null;
  through?: string;
  domain?: string;
  work: Work;
  /** Until the migration is committed. */
  stops: "reads and writes" | "writes" | null;
};

export type Effects = {
  effects: Effect[];
  /** What is taken away or newly refused. Empty: the previous version goes on beside it. */
  takesAway: string[];
};

const CREATE_TABLE = /^create (?:unlogged )?table (?:if not exists )?(?:only )?(?:public\.)?"?(\w+)"?/i;
const ALTER_TABLE = /^alter table (?:if exists )?(?:only )?(?:public\.)?"?(\w+)"?/i;
const INDEX =
  /^create (unique )?index (?:concurrently )?(?:if not exists )?\w* ?on (?:only )?(?:public\.)?"?(\w+)"?/i;
const TRIGGER =
  /^create (?:or replace )?(?:constraint )?trigger \w+ .*? on (?:only )?(?:public\.)?"?(\w+)"?/i;
const ON_TABLE =
  /^(?:create|drop|alter) (?:policy|trigger) (?:if exists )?\w+ on (?:only )?(?:public\.)?"?(\w+)"?/i;
const ROWS = /^(?:update|delete from|insert into) (?:only )?(?:public\.)?"?(\w+)"?/i;
const MADE = /^create (?:or replace )?(policy|view) (\w+)/i;
const GUARD = /^call guard_table\('(\w+)'/i;
const REFERENCES = /\breferences (\w+)/gi;
/** A function that answers anew for each row; the moment of the transaction is one for all. */
const VOLATILE = /\bdefault (?!now\b|transaction_timestamp\b|statement_timestamp\b)\w+ ?\(/i;

/** A domain with a condition makes PostgreSQL look at each row of a table that gets a column of it. */
export function effectsOf(sql: string, domains: ReadonlySet<string>): Effects {
  const found: Effects = { effects: [], takesAway: [] };
  const made = new Set<string>();
  const statements = statementsIn(sql);
  for (const statement of statements) {
    const created = CREATE_TABLE.exec(statement)?.[1];
    if (created) made.add(created);
    const { effects, takesAway } = effectsOfOne(statement, domains);
    found.effects.push(...effects.filter(({ table }) => table === null || !made.has(table)));
    const isNew = effects.some(({ table }) => table !== null && made.has(table));
    if (!isNew) found.takesAway.push(...takesAway.filter((what) => !isMadeAgain(what, statements)));
  }
  return found;
}

function effectsOfOne(statement: string, domains: ReadonlySet<string>): Effects {
  if (/^do /i.test(statement)) return within(statement, domains);
  const effects: Effect[] = [];
  const takesAway: string[] = [];
  const add = (table: string | undefined, work: Work, stops: Effect["stops"]) => {
    if (table) effects.push({ table, work, stops });
  };
  const altered = ALTER_TABLE.exec(statement)?.[1];
  if (altered || CREATE_TABLE.test(statement))
    for (const [, named] of statement.matchAll(REFERENCES)) add(named, "locks", "writes");
  if (altered) {
    add(altered, workOfAlter(statement, domains), "reads and writes");
    takesAway.push(...takenByAlter(statement, altered));
    // Of a foreign key, the table that it names is closed as well.
    for (const [, constraint] of statement.matchAll(/\bdrop constraint (?:if exists )?(\w+)/gi))
      effects.push({
        table: null,
        through: `${altered}.${constraint}`,
        work: "locks",
        stops: "reads and writes",
      });
  }
  const [, unique, indexed] = INDEX.exec(statement) ?? [];
  add(indexed, /\busing (?:gin|gist)\b/i.test(statement) ? "searches" : "indexes", "writes");
  if (unique) takesAway.push(`two rows of ${indexed} with the same values`);
  add(TRIGGER.exec(statement)?.[1], "locks", "writes");
  if (!TRIGGER.test(statement)) add(ON_TABLE.exec(statement)?.[1], "locks", "reads and writes");
  add(GUARD.exec(statement)?.[1], "locks", "reads and writes");
  if (!/^insert into .* values\b/i.test(statement)) add(ROWS.exec(statement)?.[1], "changes rows", null);
  const [, domain] = /^alter domain (\w+) add constraint (?!.* not valid$)/i.exec(statement) ?? [];
  if (domain) effects.push({ table: null, domain, work: "checks", stops: "writes" });
  const dropped = /^drop (\w+) (?:concurrently )?(?:if exists )?(?:public\.)?(\w+)/i.exec(statement);
  const [, kind = "", name = ""] = dropped ?? [];
  if (/^index$/i.test(kind))
    effects.push({ table: null, through: name, work: "locks", stops: "reads and writes" });
  else if (/^table$/i.test(kind)) add(name, "locks", "reads and writes");
  if (/^(?:table|view|function|procedure|type|domain|schema|sequence|policy)$/i.test(kind))
    takesAway.push(`the ${kind.toLowerCase()} ${name}`);
  if (/^alter (?:view|function|type|domain|sequence) \w+ (?:.* )?rename\b/i.test(statement))
    takesAway.push(`a name: ${statement}`);
  return { effects, takesAway };
}

/** What a block of code does is said by its statements, whichever of them it comes to. */
function within(block: string, domains: ReadonlySet<string>): Effects {
  const inner = block.matchAll(
    /\b(?:alter table|update|delete from|insert into|drop table|create index)\b[^;]*/gi,
  );
  const all = [...inner].map(([statement]) => effectsOfOne(statement, domains));
  return {
    effects: all.flatMap(({ effects }) => effects),
    takesAway: all.flatMap(({ takesAway }) => takesAway),
  };
}

function workOfAlter(statement: string, domains: ReadonlySet<string>): Work {
  const added = [
    ...statement.matchAll(
      /\badd (?:column )?(?!constraint|check|unique|foreign|primary)(?:if not exists )?"?\w+"? (\w+)/gi,
    ),
  ];
  const isGenerated =
    /\badd (?:column )?.* generated always as \(.*\) stored|\badd (?:column )?\S+ (?:big)?serial\b/i.test(
      statement,
    );
  if (
    /\balter (?:column )?\w+ (?:set data )?type\b|\bset (?:un)?logged\b/i.test(statement) ||
    (added.length > 0 &&
      (isGenerated ||
        VOLATILE.test(statement) ||
        added.some(([, type = ""]) => domains.has(type.toLowerCase()))))
  )
    return "rewrites";
  if (/\badd (?:constraint \w+ )?(?:unique|primary key|exclude)\b/i.test(statement)) return "indexes";
  const isChecked =
    /\badd (?:constraint \w+ )?(?:check|foreign key)\b|\breferences\b|\badd (?:column )?.*\bcheck\b/i.test(
      statement,
    );
  if (
    (isChecked && !/\bnot valid\b/i.test(statement)) ||
    /\bset not null\b|\bvalidate constraint\b/i.test(statement)
  )
    return "checks";
  return "locks";
}

function takenByAlter(statement: string, table: string): string[] {
  const taken: string[] = [];
  for (const [, column] of statement.matchAll(/\bdrop column (?:if exists )?"?(\w+)"?/gi))
    taken.push(`the column ${column} of ${table}`);
  if (/\brename\b/i.test(statement)) taken.push(`a name in ${table}`);
  if (/\balter (?:column )?\w+ (?:set data )?type\b/i.test(statement))
    taken.push(`the type of a column of ${table}`);
  if (/\bset not null\b/i.test(statement)) taken.push(`empty values in ${table}`);
  if (
    /\badd (?:column )?(?!constraint)\w+ [^,]*\bnot null\b(?![^,]*\b(?:default|generated)\b)/i.test(
      statement.replace(/default [^,]* not null|is not null/gi, "default"),
    )
  )
    taken.push(`rows of ${table} without a new column`);
  if (/\badd (?:constraint \w+ )?(?:check|unique|foreign key|exclude|primary key)\b/i.test(statement))
    taken.push(`rows of ${table} that a new condition refuses`);
  if (/\bdrop default\b/i.test(statement)) taken.push(`a default of ${table}`);
  return taken;
}

/** Dropped to be made anew under its name, as a policy is changed. Of a function its parameters may have changed. */
function isMadeAgain(what: string, statements: readonly string[]) {
  const [, kind, name] = /^the (policy|view) (\w+)$/.exec(what) ?? [];
  return (
    kind !== undefined &&
    statements.some((one) => {
      const [, madeKind, madeName] = MADE.exec(one) ?? [];
      return madeKind?.toLowerCase() === kind && madeName === name;
    })
  );
}
