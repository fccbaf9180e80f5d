// Run in a thread of its own by apart.ts.

import { parentPort, workerData } from "node:worker_threads";
import { forecast } from "../../../domain/insight/forecast.ts";

parentPort?.postMessage(forecast(workerData));
