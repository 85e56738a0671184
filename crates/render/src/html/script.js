"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const zh = document.documentElement.lang.startsWith("zh");
  const say = (a, b) => (zh ? a : b);

  // Filters.
  const form = document.querySelector(".filters");
  const filter = () => {
    const on = new Set([...form.querySelectorAll("input:checked")].map((box) => box.value));
    const rule = form.elements.rule.value;
    let hidden = 0;
    for (const card of document.querySelectorAll(".finding")) {
      card.hidden = !on.has(card.dataset.severity) || (rule !== "" && card.dataset.rule !== rule);
      hidden += card.hidden ? 1 : 0;
    }
    const out = form.querySelector("output");
    out.textContent = hidden > 0 ? out.dataset.zh.replace("#", hidden) : "";
  };
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());

  // The identities of a cell as a tree.
  const DEEPEST = 3;
  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const slot = (file, cell) => document.getElementById(`f${file}-c-${cell}`);
  const words = (at) => [...at.childNodes].filter((n) => n.nodeName !== "INS").map((n) => n.textContent).join("").trim();
  // The number of a cell where its words are more than a plain number, else its words.
  const value = (at) => (at.dataset.value !== undefined ? at.dataset.value : words(at));
  const shown = (file, cell) => {
    const at = slot(file, cell);
    if (!at || at.classList.contains("unread")) return say("未读到", "not read");
    const text = value(at);
    return text === "" ? say("空白", "blank") : text;
  };
  const sum = (file, cells) => {
    if (cells.length === 0) return "0";
    // Decimals are added as integers of their last digit, so that no cent is lost.
    const values = cells.map((cell) => {
      const at = slot(file, cell);
      const text = at ? value(at) : "";
      return /^-?\d+(\.\d+)?$/.test(text) ? text : "0";
    });
    const places = Math.max(...values.map((v) => (v.split(".")[1] || "").length));
    const scaled = values.map((v) => {
      const [whole, part = ""] = v.replace("-", "").split(".");
      return BigInt(whole + part.padEnd(places, "0")) * (v.startsWith("-") ? -1n : 1n);
    });
    const total = scaled.reduce((a, b) => a + b, 0n);
    if (places === 0) return total.toString();
    const digits = (total < 0n ? -total : total).toString().padStart(places + 1, "0");
    return (total < 0n ? "-" : "") + digits.slice(0, -places) + "." + digits.slice(-places);
  };
  const states = {
    h: ["good", say("成立", "holds")],
    o: ["good", say("有空白，无法确定", "open: blanks")],
    v: ["bad", say("不成立", "does not hold")],
    u: ["good", say("有单元格未读到", "a cell was not read")],
  };
  const item = (file, cell, depth, seen) => {
    const form = data.forms[data.files[file].form];
    const row = element("li");
    const button = element("button", `${form.names[cell] || cell}：${shown(file, cell)}`);
    button.type = "button";
    button.addEventListener("click", () => choose(file, cell, true));
    row.append(button);
    const at = slot(file, cell);
    if (at && at.dataset.proposed !== undefined) {
      row.append(" ", element("span", say("▶ 疑应为 ", "▶ perhaps ") + at.dataset.proposed, "guess"));
    }
    // A sum is unfolded into what it is the sum of.
    if (depth < DEEPEST) {
      form.identities.forEach((identity, index) => {
        const alone = identity.left.length === 1 && identity.left[0] === cell ? identity.right
          : identity.right.length === 1 && identity.right[0] === cell ? identity.left : null;
        if (alone && !seen.has(index)) row.append(tree(file, index, depth + 1, new Set([...seen, index])));
      });
    }
    return row;
  };
  const tree = (file, index, depth, seen) => {
    const { form: name, states: all } = data.files[file];
    const identity = data.forms[name].identities[index];
    const box = element("details");
    box.open = depth === 0;
    const [className, state] = states[all[index]];
    const head = element("summary", `${identity.says}　`);
    const sign = all[index] === "v" ? (identity.relation === "=" ? "≠" : "<") : identity.relation;
    const numbers = `${sum(file, identity.left)} ${sign} ${sum(file, identity.right)}`;
    head.append(element("span", `${numbers}　${state}`, className));
    box.append(head);
    const list = element("ul");
    for (const cell of [...identity.left, ...identity.right]) list.append(item(file, cell, depth, seen));
    box.append(list);
    return box;
  };
  const choose = (file, cell, scroll) => {
    const at = slot(file, cell);
    const article = document.getElementById(`f${file}`);
    const panel = article.querySelector(".cellpanel");
    const { form: name } = data.files[file];
    const form = data.forms[name];
    for (const old of document.querySelectorAll(".slot.chosen, .slot.related")) old.classList.remove("chosen", "related");
    panel.replaceChildren();
    const head = element("h3", `${form.names[cell] || cell}：${shown(file, cell)}`);
    const close = element("button", say("关闭", "close"));
    close.type = "button";
    close.addEventListener("click", () => { panel.hidden = true; if (at) at.focus(); });
    head.append(close);
    panel.append(head);
    if (at && at.dataset.proposed !== undefined) {
      panel.append(element("p", say("▶ 疑应为 ", "▶ should perhaps be ") + at.dataset.proposed, "guess"));
    }
    if (at && at.classList.contains("explained")) panel.append(element("p", at.title));
    let any = false;
    form.identities.forEach((identity, index) => {
      const cells = [...identity.left, ...identity.right];
      if (!cells.includes(cell)) return;
      any = true;
      for (const other of cells) slot(file, other)?.classList.add("related");
      panel.append(tree(file, index, 0, new Set([index])));
    });
    if (!any) panel.append(element("p", say("这一格不在任何勾稽关系中。", "This cell is in no identity.")));
    panel.hidden = false;
    panel.scrollIntoView({ block: "nearest" });
    if (at) {
      at.classList.add("chosen");
      if (scroll) at.scrollIntoView({ block: "center" });
    }
  };
  const chosen = (event) => {
    const at = event.target.closest?.(".slot");
    if (!at) return;
    if (event.type === "keydown") {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
    }
    choose(Number(at.closest(".file").id.slice(1)), at.id.slice(at.id.indexOf("-c-") + 3), false);
  };
  document.addEventListener("click", chosen);
  document.addEventListener("keydown", chosen);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const panel of document.querySelectorAll(".cellpanel")) panel.hidden = true;
  });

  // The text of a rule is in the page once; it is copied below a finding when that is unfolded.
  for (const about of document.querySelectorAll("details.about")) {
    about.addEventListener("toggle", () => {
      const text = document.querySelector(`#rule-${about.dataset.rule} > div`);
      if (text && about.children.length === 2) about.lastElementChild.replaceWith(text.cloneNode(true));
    });
  }

  // A link into something folded unfolds it.
  const unfold = (hash) => {
    const at = document.getElementById(decodeURIComponent(hash.slice(1)));
    const box = at?.closest("details");
    if (box && !box.open) {
      box.open = true;
      at.scrollIntoView();
    }
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link) unfold(link.hash);
  });
  unfold(location.hash);

  // What could not be assessed belongs on paper; the rule texts would only make it long.
  let folded = [];
  addEventListener("beforeprint", () => {
    // Of several files the summary says it for all.
    const which = document.getElementById("unassessed") ? "#unassessed" : "details.unassessed";
    folded = [...document.querySelectorAll(`${which}:not([open]), details.closed:not([open])`)];
    for (const box of folded) box.open = true;
  });
  addEventListener("afterprint", () => { for (const box of folded) box.open = false; });
})();
