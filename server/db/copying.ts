// Rows out of and into tables by COPY, a piece at a time, never faster than the other side takes them. The driver leaves
// COPY to whoever hands it an object that speaks it; these are the two.

import type { Socket } from "node:net";
import type pg from "pg";

type Connection = {
  stream: Socket;
  query(sql: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
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
    client.query({
      submit: (connection: Connection) => connection.query(sql),
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
    } as never);
  });
}

/** Reads from `pieces` until they end; what is wrong with them undoes the statement. */
export function copyIn(client: pg.Client, sql: string, pieces: AsyncIterable<Buffer>): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: unknown;
    client.query({
      submit: (connection: Connection) => connection.query(sql),
      handleCopyInResponse(connection: Connection) {
        feed(connection, pieces).catch((error) => {
          failure = error;
          connection.sendCopyFail("the source ended");
        });
      },
      handleCommandComplete() {},
      handleReadyForQuery: () => (failure === undefined ? resolve() : undefined),
      handleError: (error: Error) => reject(failure ?? error),
    } as never);
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
