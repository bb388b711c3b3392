// The HTML report in a real browser: `node tests/browser/report.mjs MEDPROOF AXE [SCREENSHOT]`, where MEDPROOF is the program and
// AXE the file axe.min.js. Ends with status 1 where anything is not as it must be.

import { execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { open } from "./chromium.mjs";

const [medproof, axeFile, screenshot] = process.argv.slice(2);
const axe = readFileSync(axeFile, "utf8");
const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "medproof-report-"));

let failed = 0;
const check = (name, holds, more = "") => {
  failed += !holds;
  console.log(`${holds ? "ok    " : "FAILED"} ${name}${more === "" ? "" : `: ${more}`}`);
};

/** The report of some articles. */
const report = (name, ...paths) => {
  const file = join(folder, name);
  const options = ["--isolated", "--fail-on", "never", "--quiet", "--today", "2026-11-25", "--extend-select", "all"];
  execFileSync(medproof, ["check", ...options, "-o", `html=${file}`, ...paths], { cwd: here });
  return file;
};

/** Forty articles with fifty findings and more each. */
const many = () => {
  const root = join(folder, "many");
  mkdirSync(root);
  const sentence = "About 5 µg of of it , taken with with food in the the morning, is enough for most people who were asked. ";
  for (let i = 0; i < 40; i++) {
    const paragraphs = Array.from({ length: 13 }, (_, n) => `## Part ${n}\n\n${sentence}\n`);
    writeFileSync(join(root, `article-${i}.md`), `---\nowner: Desk ${i % 5}\nlast_reviewed: 20${14 + (i % 13)}-05\n---\n\n# Article ${i}\n\n${paragraphs.join("\n")}`);
  }
  return root;
};

const page = await open();
setTimeout(() => {
  console.log("FAILED the browser does not answer");
  page.kill();
  process.exit(1);
}, 300_000).unref();
const asked = [];
const complaints = [];
page.on((method, params) => {
  if (method === "Network.requestWillBeSent") asked.push(params.request.url);
  if (method === "Log.entryAdded" && params.entry.level === "error") complaints.push(params.entry.text);
  if (method === "Runtime.exceptionThrown") complaints.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
});

const width = (width, height = 1000) => page.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
const scheme = (value, ...more) =>
  page.send("Emulation.setEmulatedMedia", { media: "", features: [{ name: "prefers-color-scheme", value }, ...more] });
const scripts = (run) => page.send("Emulation.setScriptExecutionDisabled", { value: !run });
const shown = () => page.evaluate(`[...document.querySelectorAll(".finding")].filter((finding) => finding.checkVisibility()).length`);
const status = () => page.evaluate(`document.getElementById("shown").textContent`);
const change = (expression) => page.evaluate(`${expression}; document.getElementById("filters").dispatchEvent(new Event("change"))`);

/** What axe-core finds wrong, with every rule of WCAG 2.2 A and AA and its best practices. */
const violations = async () => {
  await page.evaluate(`document.head.append(Object.assign(document.createElement("style"), { textContent: ".finding { content-visibility: visible !important }" }))`);
  await page.evaluate(`document.querySelectorAll("details").forEach((details) => (details.open = true))`);
  await page.evaluate(axe);
  const found = await page.evaluate(`axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations.map((violation) =>
    violation.id + " at " + violation.nodes.slice(0, 3).map((node) => node.target.join(" ") + " (" + node.any.map((check) => check.message).join("; ") + ")").join(", ")))`);
  return found;
};

const sample = report("sample.html", "articles");
const address = pathToFileURL(sample).href;

for (const run of [true, false]) {
  for (const colours of ["light", "dark"]) {
    const name = `${colours}, scripts ${run ? "on" : "off"}`;
    await width(1100);
    await scheme(colours);
    await scripts(run);
    await page.goto(address);
    // The page is there as it is without scripts, and those of this test may run now.
    await scripts(true);
    const found = await violations();
    check(`axe-core, ${name}`, found.length === 0, found.join("\n         ") || "no violation");
    await width(320);
    const wide = await page.evaluate("document.scrollingElement.scrollWidth");
    check(`no sideways scrolling at 320 px, ${name}`, wide <= 320, `${wide} px`);
    const narrow = await violations();
    check(`axe-core at 320 px, ${name}`, narrow.length === 0, narrow.join("\n         ") || "no violation");
    const filters = await page.evaluate(`document.getElementById("filters").checkVisibility()`);
    check(`filters are ${run ? "there" : "away"}, ${name}`, filters === run);
  }
}

await width(1100);
await scheme("light");
await page.goto(address);
const all = await shown();
check("all findings are shown at first", all > 20 && (await status()) === `All ${all} findings shown`, await status());
await change(`document.querySelector("[value=error]").checked = false`);
const mild = await shown();
const errors = await page.evaluate(`document.querySelectorAll("[data-severity=error] .finding").length`);
check("errors can be left out", errors > 0 && mild === all - errors, await status());
check("the choice stands in the address", (await page.evaluate("location.hash")).includes("show=warning"), await page.evaluate("location.hash"));
await page.evaluate(`document.querySelector("button[type=reset]").click()`);
await page.evaluate("new Promise((done) => setTimeout(done, 50))");
check("all can be shown again", (await shown()) === all && (await page.evaluate("location.hash")) === "", await status());
await change(`document.querySelector("[name=rule]").value = "doubled-word"`);
const doubled = await page.evaluate(`document.querySelectorAll("[data-rule=doubled-word]").length`);
check("one rule can be chosen", doubled > 0 && (await shown()) === doubled, await status());
await change(`document.querySelector("[name=owner]").value = "Sleep desk"`);
check("one owner as well", (await shown()) === 1, await status());
const kept = await page.evaluate("location.href");
await page.goto("about:blank");
await page.goto(kept);
check("the address brings the choice back", (await shown()) === 1, await status());
await page.evaluate(`location.hash = "a2f1"`);
await page.evaluate("new Promise((done) => setTimeout(done, 50))");
check("a link to a finding shows it, whatever was chosen", await page.evaluate(`document.getElementById("a2f1").checkVisibility()`));

await page.goto("about:blank");
await page.goto(address);
await page.evaluate(`document.querySelector("#articles").focus(); document.querySelector("[value=error]").focus()`);
await page.press(" ");
check("the space bar leaves errors out", (await shown()) === mild, await status());
await page.press("Tab", "Tab", "Tab", "ArrowDown");
const focused = await page.evaluate(`document.activeElement.name`);
check("tab and arrow choose a rule", focused === "rule" && (await page.evaluate(`document.querySelector("[name=rule]").selectedIndex`)) === 1, await status());
await page.press("Tab", "Tab", "Enter");
await page.evaluate("new Promise((done) => setTimeout(done, 50))");
check("enter shows all again", (await shown()) === all, await status());

for (const colours of ["light", "dark"]) {
  await scheme(colours, { name: "forced-colors", value: "active" });
  const found = await violations();
  check(`axe-core, forced colours, ${colours}`, found.length === 0, found.join("\n         ") || "no violation");
}
await scheme("light");

await page.goto("about:blank");
await page.goto(address);
const { data } = await page.send("Page.printToPDF", { preferCSSPageSize: true, printBackground: false });
const pdf = Buffer.from(data, "base64");
check("it prints", pdf.subarray(0, 5).toString() === "%PDF-" && pdf.length > 20_000, `${Math.round(pdf.length / 1024)} KB of PDF`);
if (screenshot) {
  await width(1000, 1500);
  await page.goto("about:blank");
  await page.goto(address);
  const { data } = await page.send("Page.captureScreenshot", { format: "png" });
  writeFileSync(screenshot, Buffer.from(data, "base64"));
}

const big = report("many.html", many());
const megabytes = statSync(big).size / 1e6;
const times = [];
for (let i = 0; i < 3; i++) {
  await page.goto("about:blank");
  const began = performance.now();
  await page.goto(pathToFileURL(big).href);
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  const whole = performance.now() - began;
  const own = await page.evaluate(`(({ domContentLoadedEventEnd, loadEventEnd }) => ({ content: domContentLoadedEventEnd, load: loadEventEnd }))(performance.getEntriesByType("navigation")[0])`);
  times.push({ whole: Math.round(whole), content: Math.round(own.content), load: Math.round(own.load) });
}
const count = await page.evaluate(`document.querySelectorAll(".finding").length`);
const filter = await page.evaluate(`(() => {
  const began = performance.now();
  document.querySelector("[name=rule]").value = "doubled-word";
  document.getElementById("filters").dispatchEvent(new Event("change"));
  document.body.getBoundingClientRect();
  return Math.round(performance.now() - began);
})()`);
check("2,000 findings are a page", count >= 2000 && megabytes < 5, `${count} findings, ${megabytes.toFixed(1)} MB`);
const quickest = Math.min(...times.map((time) => time.whole));
check("it opens within two seconds", quickest < 2000, times.map((t) => `content ${t.content}, load ${t.load}, drawn ${t.whole} ms`).join("; "));
check("a filter answers within a quarter of a second", filter < 250, `${filter} ms`);

const foreign = asked.filter((url) => !url.startsWith(pathToFileURL(folder).href) && url !== "about:blank");
check("nothing is asked of the network or of other files", foreign.length === 0 && asked.every((url) => /(sample|many)\.html|about:blank/.test(url)), `${asked.length} requests, all for the page itself`);
check("the browser has nothing to complain of", complaints.length === 0, complaints.join("\n         "));

await page.close();
rmSync(folder, { recursive: true });
process.exit(failed ? 1 : 0);
