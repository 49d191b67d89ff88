// The room works without this file; it adds keys, remembered layers, the brush, and words marked for a comment.
"use strict";

function openTarget() {
  const id = decodeURIComponent(location.hash.slice(1));
  const card = id && document.getElementById(id);
  if (!card) return;
  const folded = card.closest("details");
  if (folded) folded.open = true;
  card.scrollIntoView({ block: "nearest" });
}

function keepLayers(form) {
  form.addEventListener("change", () => {
    const boxes = [...form.querySelectorAll("[data-layer]")];
    const address = new URL(location.href);
    if (boxes.every((box) => box.checked)) address.searchParams.delete("layers");
    else address.searchParams.set("layers", boxes.filter((box) => box.checked).map((box) => box.dataset.layer).join(","));
    history.replaceState(null, "", address);
  });
}

function keepQuote(field) {
  document.addEventListener("selectionchange", () => {
    const marked = document.getSelection();
    const body = document.querySelector(".body");
    if (!marked || marked.isCollapsed || !body || !body.contains(marked.anchorNode) || !body.contains(marked.focusNode)) return;
    const words = marked.toString().trim();
    if (words && words.length <= field.maxLength) field.value = words;
  });
}

function typing(target) {
  return target instanceof HTMLElement && target.matches("input:not([type=checkbox]):not([type=radio]), select, textarea");
}

function reviewKeys(form) {
  const boxes = { type: "type", actor: "actor", "actor-other": "actor", recipient: "recipient", "recipient-other": "recipient", date: "date", status: "status", chain: "chain" };
  form.addEventListener("input", (event) => {
    const field = boxes[event.target.name];
    if (field) form.querySelector(`[name="has-${field}"]`).checked = true;
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (typing(event.target)) return;
    const field = form.querySelector(`[data-key-focus="${CSS.escape(event.key)}"]`);
    if (field) { event.preventDefault(); field.focus(); return; }
    const deed = form.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (deed) { event.preventDefault(); deed.click(); }
  });
}

function brush(chart) {
  let first = null;
  const unit = (event) => event.target.closest("[data-unit]")?.dataset.unit;
  const draw = (from, to) => {
    const [low, high] = from < to ? [from, to] : [to, from];
    chart.querySelectorAll("[data-unit]").forEach((bar) => bar.classList.toggle("brushed", bar.dataset.unit >= low && bar.dataset.unit <= high));
    return [low, high];
  };
  chart.addEventListener("pointerdown", (event) => {
    first = unit(event) ?? null;
    if (first) { event.preventDefault(); draw(first, first); }
  });
  chart.addEventListener("pointermove", (event) => { if (first && unit(event)) draw(first, unit(event)); });
  chart.addEventListener("pointerup", (event) => {
    if (!first) return;
    const [low, high] = draw(first, unit(event) ?? first);
    const address = new URL(location.href);
    address.searchParams.set("since", low);
    address.searchParams.set("until", high);
    location.assign(address);
  });
}

if (matchMedia("(max-width: 56rem)").matches) document.querySelectorAll("[data-fold]").forEach((fold) => { fold.open = false; });
openTarget();
addEventListener("hashchange", openTarget);
document.querySelectorAll("form.layers").forEach(keepLayers);
document.querySelectorAll("[data-quote]").forEach(keepQuote);
document.querySelectorAll("[data-review]").forEach(reviewKeys);
document.querySelectorAll("[data-brush]").forEach(brush);
