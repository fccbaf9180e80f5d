// An answer sent piece by piece, each once the one before has left. Node does not always call back for what is
// written as a connection ends: code that waits for that alone waits for ever and frees nothing. `close` always
// comes.

import type { ServerResponse } from "node:http";

const gone = () => new Error("the caller has gone");

/** Fails where the caller has left, whenever that was. */
export function sendPiece(response: ServerResponse, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    if (response.destroyed) return reject(gone());
    const leave = () => reject(gone());
    response.once("close", leave);
    response.write(piece, (error) => {
      response.off("close", leave);
      if (error) reject(error);
      else resolve();
    });
  });
}
