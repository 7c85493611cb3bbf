"use strict";
(() => {
  const $ = id => document.getElementById(id);
  const all = [...document.querySelectorAll(".finding")];
  const help = $("help");
  let current = null;
  const visible = () => all.filter(f => !f.hidden);

  function select(f, scroll) {
    if (current) current.classList.remove("current");
    current = f;
    if (!f) return;
    f.classList.add("current");
    f.firstElementChild.focus({preventScroll: true});
    if (scroll) f.scrollIntoView({block: "start"});
    try { history.replaceState(null, "", "#" + f.id); } catch (e) { /* not allowed in a frame */ }
  }
  function move(by) {
    const list = visible();
    if (!list.length) return;
    const i = list.indexOf(current);
    select(list[i < 0 ? 0 : Math.min(Math.max(i + by, 0), list.length - 1)], true);
  }

  // The text of a finding to search in: its title, not the source.
  const texts = new Map(all.map(f => [f, (f.firstElementChild.textContent + " " + f.id).toLowerCase()]));
  function filter() {
    const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const severities = new Set([...document.querySelectorAll("[name=severity]:checked")].map(b => b.value));
    for (const f of all) {
      const d = f.dataset;
      f.hidden = !(severities.has(d.severity) && (!$("rule").value || d.rule === $("rule").value) &&
        (!$("file").value || d.file === $("file").value) && words.every(w => texts.get(f).includes(w)));
    }
    const n = visible().length;
    $("shown").textContent = n === all.length ? n + " shown" : n + " of " + all.length + " shown";
    $("nothing").hidden = n > 0;
    if (current && current.hidden) select(null);
  }
  function follow() {
    const f = all.find(f => f.id === location.hash.slice(1));
    if (!f) return;
    if (f.hidden) { $("filters").reset(); filter(); }
    f.open = true;
    select(f, true);
  }
  function showHelp() { if (!help.open) help.showModal(); }

  if (all.length) {
    $("filters").addEventListener("input", filter);
    $("filters").addEventListener("submit", e => e.preventDefault());
    $("help-button").addEventListener("click", showHelp);
    for (const f of all) f.firstElementChild.addEventListener("click", () => select(f, false));
    filter(); // a browser may restore what was chosen before
    addEventListener("hashchange", follow);
    follow();
  }
  document.addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey || help.open) return;
    if (e.target.matches("input[type=search], select")) {
      if (e.key === "Escape") e.target.blur();
      return;
    }
    switch (e.key) {
    case "j": move(1); break;
    case "k": move(-1); break;
    case "Enter":
      // What has the focus does by itself what Enter does; so does the finding's title.
      if (!current || e.target.matches("a, button, input, summary")) return;
      current.open = !current.open;
      break;
    case "o": { const list = visible(), open = !list.every(f => f.open); list.forEach(f => { f.open = open; }); break; }
    case "/": if (!all.length) return; $("search").focus(); $("search").select(); break;
    case "?": showHelp(); break;
    default: return;
    }
    e.preventDefault();
  });

  // On paper everything that is shown is open, and as it was afterwards.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = visible().flatMap(f => [f, ...f.querySelectorAll(".fold")]).filter(d => !d.open);
    opened.forEach(d => { d.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach(d => { d.open = false; }));
})();
