"use strict";
// Filters over the findings. The page is whole without this; what is chosen stands in the address, so that it can be kept.
(() => {
  const form = document.getElementById("filters");
  const articles = [...document.querySelectorAll(".article")].map((article) => ({
    article,
    owner: article.dataset.owner,
    groups: [...article.querySelectorAll(".group")].map((group) => ({
      group,
      severity: group.dataset.severity,
      count: group.querySelector("h4 .count"),
      findings: [...group.querySelectorAll(".finding")],
    })),
  }));
  const all = document.querySelectorAll(".finding").length;
  if (!all) return;
  const [rule, owner] = [form.elements.rule, form.elements.owner];
  const severities = [...form.querySelectorAll("[name=severity]")];

  const show = () => {
    const chosen = new Set(severities.filter((box) => box.checked).map((box) => box.value));
    const everything = chosen.size === severities.length && !rule.value && !owner?.value;
    let [shown, among] = [0, 0];
    for (const { article, owner: its, groups } of articles) {
      const owned = !owner?.value || owner.value === its;
      let here = 0;
      for (const { group, severity, count, findings } of groups) {
        const wanted = owned && chosen.has(severity);
        let inGroup = 0;
        for (const finding of findings) {
          finding.hidden = !(wanted && (!rule.value || finding.dataset.rule === rule.value));
          inGroup += !finding.hidden;
        }
        group.hidden = inGroup === 0;
        count.textContent = inGroup;
        here += inGroup;
      }
      article.hidden = !(everything || here > 0);
      article.classList.toggle("chosen", !everything);
      shown += here;
      among += here > 0;
    }
    document.getElementById("nothing").hidden = shown > 0;
    const word = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
    document.getElementById("shown").textContent = everything
      ? `All ${word(all, "finding")} shown`
      : `${shown} of ${word(all, "finding")} shown, in ${word(among, "article")}`;
  };

  const write = () => {
    const state = new URLSearchParams();
    const left = severities.filter((box) => box.checked).map((box) => box.value);
    if (left.length < severities.length) state.set("show", left.join(" "));
    if (rule.value) state.set("rule", rule.value);
    if (owner?.value) state.set("owner", owner.value);
    history.replaceState(null, "", state.size ? `#${state}` : location.pathname + location.search);
  };

  // A link to a part of the page has no "=" in it, and leaves the choice as it is.
  const read = () => {
    if (!location.hash.includes("=")) return;
    const state = new URLSearchParams(location.hash.slice(1));
    const left = state.has("show") ? state.get("show").split(" ") : null;
    severities.forEach((box) => (box.checked = !left || left.includes(box.value)));
    rule.value = state.get("rule") ?? "";
    if (owner) owner.value = state.get("owner") ?? "";
    // A value that this page does not have.
    for (const list of [rule, owner]) if (list && list.selectedIndex < 0) list.selectedIndex = 0;
  };

  // A link to a finding that is filtered out shows everything again.
  const reveal = () => {
    const target = !location.hash.includes("=") && document.getElementById(location.hash.slice(1));
    if (target && target.closest("[hidden]")) {
      form.reset();
      show();
      target.scrollIntoView();
    }
    if (target && target.classList.contains("entry")) target.querySelector("details").open = true;
  };

  form.addEventListener("change", () => (show(), write()));
  form.addEventListener("reset", () => setTimeout(() => (show(), write())));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", () => (location.hash.includes("=") ? (read(), show()) : reveal()));
  // On paper there is nothing to open.
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  form.hidden = false;
  read();
  show();
  reveal();
})();
