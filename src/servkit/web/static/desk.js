"use strict";
// What the desk's pages do beyond HTML: keys, copying, and where the focus goes after a change. All of it can be done
// without: every control is a link or a form.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const say = (text) => {
    const live = one("#live");
    live.textContent = "";
    window.setTimeout(() => { live.textContent = text; }, 50);
  };

  // --- copying a script ---------------------------------------------------------------------------------------------
  const copy = async (button) => {
    const folded = button.closest("details.script");
    if (folded) folded.open = true;
    const quote = one("blockquote", button.closest("form"));
    const empty = all("[data-blank]", quote).find((blank) => !blank.value.trim());
    if (empty) {
      empty.focus();
      say(button.dataset.empty.replace("{name}", empty.getAttribute("aria-label")));
      return;
    }
    const text = [...quote.children].map((part) => (part.matches("input") ? part.value : part.textContent)).join("");
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");  // an address without TLS has no clipboard of its own
      area.value = text;
      area.className = "unseen";
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    button.classList.add("done");
    window.setTimeout(() => button.classList.remove("done"), 2000);
    say(button.dataset.copied);
  };

  // --- a click on the bar fills the form, and asks for the reason ------------------------------------------------------
  const give = (stop) => {
    const box = document.getElementById(`give-${stop.dataset.give}`);
    box.open = true;
    one("input[name=value]", box).value = stop.dataset.value;
    (one("select[name=reason]", box) || one("input[name=because]", box)).focus();
  };

  const wake = (root) => {
    all("button.copy, [data-keys]", root).forEach((button) => { button.hidden = false; });
    all("button.fill", root).forEach((button) => { button.hidden = true; });
    all("[data-lapse]", root).forEach((button) => {
      window.setTimeout(() => {
        if (document.activeElement === button) one("#outcome").focus({ preventScroll: true });
        button.remove();
      }, Number(button.dataset.lapse) * 1000);
    });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button, [data-give]");
    if (!button) return;
    if (button.matches(".copy")) copy(button);
    else if (button.matches("[data-keys]")) one("#keys").showModal();
    else if (button.matches("[data-give]")) {
      event.preventDefault();
      give(button);
    }
  }, true);

  // Enter in the blank of a script copies it.
  document.addEventListener("submit", (event) => {
    const button = event.target.matches("form.filled") && one("button.copy", event.target);
    if (button && !button.hidden) {
      event.preventDefault();
      event.stopPropagation();
      copy(button);
    }
  }, true);

  // --- nothing jumps ------------------------------------------------------------------------------------------------
  const top = (part) => part.getBoundingClientRect().top;
  // What somebody looks at: of what applies, else of what to say, else of the person, that in the middle comes first.
  const off = (place) => Math.abs(place - window.innerHeight / 2);
  const seen = () => (window.scrollY ? ["#main > .work [id]:not(#outcome)", "#main > .say [id]", "#main .more [id]"] : [])
    .flatMap((parts) => all(parts).filter((part) => part.checkVisibility()).map((part) => [part.id, top(part)])
      .filter(([, place]) => place >= 0 && place < window.innerHeight).sort((one, other) => off(one[1]) - off(other[1])));
  const keepStill = (parts) => {
    const kept = parts.find(([id]) => document.getElementById(id));
    if (kept) window.scrollBy({ top: top(document.getElementById(kept[0])) - kept[1], behavior: "instant" });
  };

  // --- keys -----------------------------------------------------------------------------------------------------------
  const results = () => all("#results a");
  const move = (step) => {
    const links = results();
    if (!links.length) return false;
    const at = links.indexOf(document.activeElement) + step;
    (at < 0 ? one("#q") : links[Math.min(at, links.length - 1)]).focus();
    return true;
  };

  const inSearch = (event) => {
    if (event.key === "ArrowDown") return move(1);
    if (event.key === "ArrowUp") return move(-1);
    if (event.key === "Enter" && event.target.id === "q" && one("#results").dataset.of === event.target.value.trim()) {
      const [first] = results();
      if (first) first.click();
      return Boolean(first);
    }
    return false;
  };

  const acts = {
    "/": () => one("#q"),
    a: () => one(".question button, .question input.text, .question a.button"),
    n: () => one("#note"),
    g: () => {
      const box = one("details.give:not([open])") || one("details.give");  // again: the next one
      if (box) box.open = true;
      return box && one("input[name=value]", box);
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(".find, #results") && inSearch(event)) {
      event.preventDefault();
      return;
    }
    if (event.key === "Escape") {
      if (event.target.matches("input, select, textarea")) event.target.blur();
      const found = one(".find:not(.big) #results");
      if (found) found.hidden = true;
      return;
    }
    if (event.target.matches("input, select, textarea") || one("dialog[open]")) return;
    if (event.key === "?") {
      one("#keys").showModal();
    } else if (event.key === "w") {
      const whys = all("details.reasons[id^=why]");
      const [open, parts] = [whys.some((why) => !why.open), seen()];
      whys.forEach((why) => { why.open = open; });
      keepStill(parts);
    } else if (acts[event.key]) {
      const target = acts[event.key]();
      if (!target) return;
      target.focus();
      if (target.select) target.select();
    } else {
      const target = /^[a-z1-9]$/.test(event.key) && one(`[data-key="${event.key}"]`);
      if (!target) return;
      target.click();
    }
    event.preventDefault();
  });

  // --- a part of the page is new ----------------------------------------------------------------------------------------
  let before = null;
  document.addEventListener("htmx:beforeSwap", () => {
    const focus = document.activeElement;
    before = {
      seen: seen(),
      focus: focus && focus.id,
      open: all("details[open][id]").map((details) => details.id),
      scrolled: all(".who-pane, .say").map((pane) => [pane.id, pane.scrollTop]),
      typed: all("[data-blank]").map((blank) => [blank.closest(".script").id, blank.name, blank.value]),
    };
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "results" || one("#results")) found();
    const main = one("#main");
    wake(main);
    if (event.detail.target.id !== "main" || !before) return;
    const granted = one("#outcome [data-lapse]");  // its class is still that of the outcome before
    before.open.forEach((id) => {
      const details = document.getElementById(id);
      if (details && !(granted && details.matches(".give"))) details.open = true;
    });
    before.scrolled.forEach(([id, top]) => {
      const pane = document.getElementById(id);
      if (pane) pane.scrollTop = top;
    });
    before.typed.forEach(([script, name, value]) => {
      const article = document.getElementById(script);
      if (article && value) all("[data-blank]", article).filter((blank) => blank.name === name).forEach((blank) => { blank.value = value; });
    });
    keepStill(before.seen);
    const outcome = one("#outcome");
    if (outcome) say(outcome.dataset.say);
    const same = before.focus && document.getElementById(before.focus);
    const fault = one("[aria-invalid=true]");
    (fault || same || outcome || main).focus({ preventScroll: true });
    if (fault && fault.select) fault.select();
    before = null;
  });

  const lost = (gone) => { one("#lost").hidden = !gone; };
  document.addEventListener("htmx:sendError", () => lost(true));
  document.addEventListener("htmx:timeout", () => lost(true));
  document.addEventListener("htmx:afterOnLoad", () => lost(false));

  // The list of what was found: shown while something is typed.
  const found = () => {
    const list = one("#results");
    const field = one("#q");
    if (!list || !field) return;
    list.hidden = !field.value.trim();
  };

  document.addEventListener("focusin", (event) => {
    const list = one(".find:not(.big) #results");
    if (list && !event.target.closest(".find")) list.hidden = true;
  });

  wake(document);
  const came = one("#outcome, #result");  // of a form that another page was for
  if (came) came.focus({ preventScroll: true });
  if (came && came.dataset.say) say(came.dataset.say);
})();
