// Choosing many rows quickly. Without this file every row is chosen by its own box.
const boxes = [...document.querySelectorAll('table input[type=checkbox][name="entry"]')];
let last = null;

function tell() {
  const chosen = boxes.filter((box) => box.checked).length;
  for (const said of document.querySelectorAll("[data-chosen]")) said.textContent = `${chosen} of ${boxes.length} on this page chosen.`;
}

// With Shift held, every row from the last one chosen to this one.
function choose(event) {
  const at = boxes.indexOf(event.target);
  if (event.shiftKey && last !== null)
    for (const box of boxes.slice(Math.min(at, last), Math.max(at, last) + 1)) box.checked = event.target.checked;
  last = at;
  tell();
}

// Down and up go from row to row; Space chooses, as for every box.
function go(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const next = step && boxes[boxes.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  if (event.shiftKey) next.checked = event.target.checked;
  last = boxes.indexOf(next);
  next.focus();
  tell();
}

function allOrNone() {
  const to = !boxes.every((box) => box.checked);
  for (const box of boxes) box.checked = to;
  tell();
}

if (boxes.length) {
  for (const box of boxes) {
    box.addEventListener("click", choose);
    box.addEventListener("keydown", go);
  }
  for (const group of document.querySelectorAll("form .govuk-button-group:has([formaction])")) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "govuk-button govuk-button--secondary", textContent: "Choose all on this page, or none" });
    button.addEventListener("click", allOrNone);
    const said = Object.assign(document.createElement("span"), { className: "govuk-body" });
    said.dataset.chosen = "";
    group.prepend(button);
    group.append(said);
  }
  tell();
}
