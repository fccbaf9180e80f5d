// What happens to the primary, and how it ends. Each takes the machine away in another way.

import type { DatabaseMachine } from "./database-machine.ts";

export const KINDS = ["kill", "freeze", "partition", "disk"] as const;
export type FaultKind = (typeof KINDS)[number];

type Fault = {
  /** Answers in words what was done. `n`: how often this kind was tried before. */
  strike(primary: DatabaseMachine, n: number): Promise<string>;
  undo(machine: DatabaseMachine): void;
};

const isPostgres = (command: string) => command === "postgres";

/** More than the disk has, so that it runs full whatever was free. */
const WRITE =
  "select pg_logical_emit_message(false, 'rig', repeat('x', 1000000)) from generate_series(1, 600)";

export const FAULTS: Record<FaultKind, Fault> = {
  kill: {
    async strike(primary, n) {
      if (n % 2 === 0) {
        primary.signal("SIGKILL", isPostgres);
        return "kill -9 of PostgreSQL";
      }
      await primary.kill();
      return "kill -9 of PostgreSQL, Patroni and etcd";
    },
    undo: (machine) => machine.startPrograms(),
  },
  freeze: {
    async strike(primary) {
      primary.signal("SIGSTOP");
      return "SIGSTOP of PostgreSQL, Patroni and etcd";
    },
    undo: (machine) => void machine.signal("SIGCONT"),
  },
  partition: {
    async strike(primary) {
      primary.pullCable();
      return "the network cable was pulled";
    },
    undo: (machine) => machine.plugCable(),
  },
  disk: {
    async strike(primary) {
      primary.fillDisk();
      primary.sql(WRITE).catch(() => {}); // it ends with the server
      return "the disk of the write-ahead log was full";
    },
    undo(machine) {
      machine.emptyDisk();
      machine.startPrograms();
    },
  },
};
