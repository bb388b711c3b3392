// A page in a real browser: Chromium without a window, driven over its debugging pipe, so that nothing else is needed.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FLAGS = [
  "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
  "--hide-scrollbars", "--force-color-profile=srgb", "--disable-background-networking", "--disable-component-update",
  // Whatever asks for a name gets none.
  "--host-resolver-rules=MAP * ~NOTFOUND",
];

/** Starts Chromium and opens an empty page. */
export async function open(binary = process.env.CHROMIUM ?? "chromium") {
  const profile = mkdtempSync(join(tmpdir(), "medproof-chromium-"));
  const child = spawn(binary, [...FLAGS, `--user-data-dir=${profile}`, "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const [, , , input, output] = child.stdio;
  const waiting = new Map();
  const listeners = [];
  let [last, rest] = [0, Buffer.alloc(0)];

  const fail = (reason) => waiting.forEach(({ reject }) => reject(new Error(reason)));
  child.on("error", (error) => fail(`${binary}: ${error.message}`));
  child.on("exit", (code) => fail(`${binary} ended with ${code}`));
  input.on("error", () => {});
  output.on("data", (data) => {
    rest = Buffer.concat([rest, data]);
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const message = JSON.parse(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
      if (message.id === undefined) {
        listeners.forEach((listener) => listener(message.method, message.params));
        continue;
      }
      const { resolve, reject } = waiting.get(message.id);
      waiting.delete(message.id);
      message.error ? reject(new Error(message.error.message)) : resolve(message.result);
    }
  });

  const call = (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      input.write(JSON.stringify({ id: last, method, params, sessionId }) + "\0");
    });
  const { targetInfos } = await call("Target.getTargets");
  const { targetId } = targetInfos.find((target) => target.type === "page");
  const { sessionId } = await call("Target.attachToTarget", { targetId, flatten: true });
  const send = (method, params) => call(method, params, sessionId);
  await Promise.all(["Page.enable", "Network.enable", "Runtime.enable", "Log.enable"].map((method) => send(method)));

  return {
    send,
    /** Calls back for everything that the browser tells. */
    on: (listener) => listeners.push(listener),
    /** Goes to an address, and waits until all of it is there and was drawn. */
    async goto(url) {
      const loaded = new Promise((resolve) => {
        const listener = (method) => {
          if (method !== "Page.loadEventFired") return;
          listeners.splice(listeners.indexOf(listener), 1);
          resolve();
        };
        listeners.push(listener);
      });
      await send("Page.navigate", { url });
      await loaded;
    },
    /** The value of an expression in the page. */
    async evaluate(expression) {
      const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    /** Presses keys, one by one. */
    async press(...keys) {
      const codes = { Tab: 9, " ": 32, Enter: 13, ArrowDown: 40 };
      for (const key of keys) {
        const event = { key, code: key === " " ? "Space" : key, windowsVirtualKeyCode: codes[key] };
        const text = key === " " ? " " : key === "Enter" ? "\r" : undefined;
        await send("Input.dispatchKeyEvent", { type: "keyDown", text, ...event });
        await send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
      }
    },
    kill: () => child.kill("SIGKILL"),
    async close() {
      const gone = new Promise((resolve) => child.on("exit", resolve));
      await call("Browser.close").catch(() => child.kill());
      await gone;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
