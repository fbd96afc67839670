(() => {
"use strict";
const root = document.documentElement, get = (id) => document.getElementById(id);
const keep = (value) => { try { return value === undefined ? localStorage.getItem("theme") : localStorage.setItem("theme", value); } catch { return null; } };
const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
const stored = keep();
if (stored === "dark" || stored === "light") root.dataset.theme = stored;
const theme = get("theme");
theme.setAttribute("aria-pressed", String(dark()));
theme.addEventListener("click", () => {
  root.dataset.theme = dark() ? "light" : "dark";
  theme.setAttribute("aria-pressed", String(dark()));
  keep(root.dataset.theme);
});
get("print").addEventListener("click", () => print());

const contents = document.querySelector(".toc details");
if (contents) {
  const wide = matchMedia("(min-width: 64rem)");
  const follow = () => { contents.open = wide.matches; };
  follow();
  wide.addEventListener("change", follow);
  contents.addEventListener("click", (event) => { if (event.target.closest("a") && !wide.matches) contents.open = false; });
  const links = new Map([...contents.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  const watch = new IntersectionObserver((seen) => {
    for (const entry of seen) if (entry.isIntersecting) {
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "0px 0px -75% 0px" });
  for (const id of links.keys()) { const place = get(id); if (place) watch.observe(place); }
}

const search = get("search"), found = get("found");
if (search) {
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let places = null;
  const gather = () => {
    places = [];
    for (const chapter of document.querySelectorAll("main .chapter")) {
      let place = null, title = "";
      for (const part of chapter.children) {
        if (/^H[2-6]$/.test(part.tagName) && part.id) {
          const copy = part.cloneNode(true);
          copy.querySelector(".eyebrow")?.remove();
          place = part.id;
          title = copy.textContent.trim();
          places.push({ place, title, text: title, folded: fold(title), weight: 0 });
        } else if (place) {
          const text = part.textContent.replace(/\s+/g, " ").trim();
          if (text) places.push({ place, title, text, folded: fold(text), weight: 1 });
        }
      }
    }
  };
  const snippet = (text, word) => {
    const at = Math.max(0, fold(text).indexOf(word) - 30);
    return (at ? "…" : "") + text.slice(at, at + 110) + (text.length > at + 110 ? "…" : "");
  };
  const look = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    found.replaceChildren();
    found.hidden = !words.length;
    if (!words.length) return;
    if (!places) gather();
    const hits = new Map();
    for (const one of places) {
      const whole = one.folded + " " + fold(one.title);
      if (words.every((word) => whole.includes(word))) {
        const before = hits.get(one.place);
        if (!before || one.weight < before.weight) hits.set(one.place, before && one.weight === before.weight ? before : one);
      }
    }
    const best = [...hits.values()].sort((a, b) => a.weight - b.weight);
    const line = document.createElement("p");
    line.textContent = best.length ? `${found.dataset.found} ${best.length}` : `${found.dataset.none} “${search.value.trim()}”`;
    found.append(line);
    const list = document.createElement("ul");
    for (const one of best.slice(0, 30)) {
      const item = document.createElement("li"), link = document.createElement("a"), name = document.createElement("b");
      link.href = "#" + one.place;
      name.textContent = one.title;
      link.append(name);
      if (one.weight) { const more = document.createElement("span"); more.textContent = snippet(one.text, words[0]); link.append(more); }
      item.append(link);
      list.append(item);
    }
    if (best.length) found.append(list);
  };
  search.addEventListener("input", look);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { search.value = ""; look(); }
    if (event.key === "ArrowDown") { event.preventDefault(); found.querySelector("a")?.focus(); }
  });
  found.addEventListener("keydown", (event) => {
    const links = [...found.querySelectorAll("a")], at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown") { event.preventDefault(); links[at + 1]?.focus(); }
    if (event.key === "ArrowUp") { event.preventDefault(); (links[at - 1] ?? search).focus(); }
    if (event.key === "Escape") { search.focus(); found.hidden = true; }
  });
  found.addEventListener("click", (event) => { if (event.target.closest("a")) found.hidden = true; });
  document.addEventListener("click", (event) => { if (!event.target.closest(".searching")) found.hidden = true; });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "")) { event.preventDefault(); search.focus(); }
  });
}

// A page for the wall stays one page: the type is made smaller until it fits, and if it cannot, the page says so.
const fit = () => {
  for (const card of document.querySelectorAll(".onepage")) {
    root.classList.add("measuring");
    let size = 100;
    const room = () => card.querySelector(".nofit").offsetParent === null;
    card.classList.remove("spills", "bare");
    card.querySelector(".nofit").hidden = true;
    const shrink = (least) => {
      card.dataset.size = size = 100;
      while (card.scrollHeight > card.clientHeight + 1 && size > least && room()) { size -= 4; card.dataset.size = size; }
      return card.scrollHeight <= card.clientHeight + 1;
    };
    // Scripts come onto a card where it stays readable with them.
    if (!shrink(72)) { card.classList.add("bare"); shrink(60); }
    const spills = card.scrollHeight > card.clientHeight + 1;
    root.classList.remove("measuring");
    card.querySelector(".nofit").hidden = !spills;
    card.classList.toggle("spills", spills);
  }
};
if (document.querySelector(".onepage")) { fit(); addEventListener("beforeprint", fit); }
})();
