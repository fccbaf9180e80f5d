// What a piece of work asks of the database, statement by statement: work that asks as much for many records as for one is done
// for all of them at once, however fast the machine is.

import type { Db } from "../db/connect.ts";

const ASKED = new Set(["row", "rows", "run", "raw"]);

/** The same transaction; what is asked of it is added to `asked`. */
export function listening(db: Db, asked: string[]): Db {
  return new Proxy(db, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        if (ASKED.has(String(name))) asked.push(String(args[0]));
        return value.apply(target, args);
      };
    },
  });
}
