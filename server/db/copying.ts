// Rows out of and into tables by COPY, a piece at a time, never faster than the other side takes them. The driver
// leaves COPY to an object that speaks it; these are the two.

import type pg from "pg";

type Connection = pg.Connection & {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
};

/** What the driver tells the object while the statement runs. */
type Copying = pg.Submittable & {
  handleCopyData?(message: { chunk: Buffer }, connection: Connection): void;
  handleCopyInResponse?(connection: Connection): void;
  handleCommandComplete(): void;
  handleReadyForQuery(): void;
  handleError(error: Error): void;
};

/** Hands every piece to `take`, which is waited for. */
export function copyOut(
  client: pg.Client,
  sql: string,
  take: (piece: Buffer) => Promise<void>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let taken: Promise<void> = Promise.resolve();
    let failure: unknown;
    let waiting = 0;
    client.query<Copying>({
      submit: (connection) => connection.query(sql),
      handleCopyData(message: { chunk: Buffer }, { stream }: Connection) {
        if (++waiting === 1) stream.pause();
        const piece = Buffer.from(message.chunk); // what the driver hands over is used again for the next
        taken = taken
          .then(() => (failure === undefined ? take(piece) : undefined))
          .catch((error) => {
            failure ??= error;
          })
          .finally(() => {
            if (--waiting === 0) stream.resume();
          });
      },
      handleCommandComplete() {},
      handleReadyForQuery: () => void taken.then(() => (failure === undefined ? resolve() : reject(failure))),
      handleError: (error: Error) => void taken.then(() => reject(failure ?? error)),
    });
  });
}

/** Reads from `pieces` until they end; what is wrong with them undoes the statement. */
export function copyIn(client: pg.Client, sql: string, pieces: AsyncIterable<Buffer>): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: unknown;
    client.query<Copying>({
      submit: (connection) => connection.query(sql),
      handleCopyInResponse(connection: Connection) {
        feed(connection, pieces).catch((error) => {
          failure = error;
          connection.sendCopyFail("the source ended");
        });
      },
      handleCommandComplete() {},
      handleReadyForQuery: () => (failure === undefined ? resolve() : undefined),
      handleError: (error: Error) => reject(failure ?? error),
    });
  });
}

async function feed(connection: Connection, pieces: AsyncIterable<Buffer>) {
  for await (const piece of pieces) {
    connection.sendCopyFromChunk(piece);
    const { stream } = connection;
    if (stream.writableNeedDrain) await new Promise((resolve) => stream.once("drain", resolve));
  }
  connection.endCopyFrom();
}
