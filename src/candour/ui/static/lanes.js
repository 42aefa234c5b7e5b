// Draws the lanes of a chronology on a canvas. Everything it shows stands on the page as tables too.
const NAME = 190; // pixels for the names of the lanes
const TOP = 28; // pixels for the scale
const LANE = 46;
const ROWS = 4; // entries that overlap go to rows of their own, up to this many
const DAY = 86400000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export class Lanes {
  constructor(data, { colourOf, width }) {
    this.start = Date.parse(data.day0);
    this.lanes = data.lanes;
    this.colours = data.lanes.map((lane) => colourOf(lane.colour));
    const days = data.events.flatMap(([, from, to, , , , until]) => [from, to, until]).filter((day) => day !== null && day !== undefined);
    this.first = Math.min(...[0], days.reduce((a, b) => Math.min(a, b), 0));
    this.last = days.reduce((a, b) => Math.max(a, b), 1);
    this.marks = data.events.map(([lane, from, to, number, low, high, until]) => ({
      lane, number, low, high,
      from: from ?? this.first,
      to: to ?? this.last,
      end: Math.max(to ?? this.last, until ?? this.first),
      certain: from !== null && from === to,
    }));
    this.marks.sort((a, b) => a.from - b.from || a.number - b.number);
    this.longest = this.marks.reduce((most, mark) => Math.max(most, mark.end - mark.from), 0);
    this.width = width;
    this.whole();
  }

  get height() {
    return TOP + this.lanes.length * LANE + 1;
  }

  whole() {
    this.left = this.first - this.margin;
    this.right = this.last + 1 + this.margin;
  }

  // Days left free beside the first and the last mark, so that neither is cut off.
  get margin() {
    return Math.max(5, (this.last - this.first) / 50);
  }

  get scale() {
    return (this.width - NAME) / (this.right - this.left);
  }

  x(day) {
    return NAME + (day - this.left) * this.scale;
  }

  day(x) {
    return this.left + (x - NAME) / this.scale;
  }

  zoom(factor, about = (this.left + this.right) / 2) {
    const span = this.right - this.left;
    const wanted = Math.min(Math.max(span / factor, 7), this.last - this.first + 1 + 2 * this.margin);
    this.left = about - ((about - this.left) / span) * wanted;
    this.right = this.left + wanted;
    this.bound();
  }

  pan(days) {
    this.left += days;
    this.right += days;
    this.bound();
  }

  bound() {
    const span = this.right - this.left;
    this.left = Math.min(Math.max(this.left, this.first - this.margin), this.last + 1 + this.margin - span);
    this.right = this.left + span;
  }

  show(mark) {
    const span = this.right - this.left;
    if (mark.from >= this.left && mark.to <= this.right) return;
    this.left = (mark.from + mark.to) / 2 - span / 2;
    this.right = this.left + span;
    this.bound();
  }

  // The marks in sight: those that begin before its end and not so long before it that none reaches in.
  *inSight() {
    let low = 0;
    let high = this.marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.marks[middle].from < this.left - this.longest - 1) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < this.marks.length && this.marks[at].from <= this.right; at += 1)
      if (this.marks[at].end + 1 >= this.left) yield this.marks[at];
  }

  paint(to, chosen) {
    to.clearRect(0, 0, this.width, this.height);
    this.paintScale(to);
    this.lanes.forEach((lane, at) => this.paintLane(to, lane, at));
    const reached = this.lanes.map(() => new Float64Array(ROWS).fill(-1e9));
    this.placed = [];
    for (const mark of this.inSight()) this.paintMark(to, mark, reached[mark.lane], mark === chosen);
  }

  paintScale(to) {
    to.font = "14px arial, sans-serif";
    to.fillStyle = "#0b0c0c";
    to.strokeStyle = "#b1b4b6";
    to.lineWidth = 1;
    const monthly = this.scale * 30 > 34;
    const when = new Date(this.start + this.left * DAY);
    const step = monthly ? 1 : this.scale * 365 > 40 ? 12 : 60;
    const from = Date.UTC(when.getUTCFullYear() - (step > 12 ? when.getUTCFullYear() % 5 : 0), monthly ? when.getUTCMonth() : 0, 1);
    for (let day = from, at = 0; at < 600; at += 1) {
      const x = this.x((day - this.start) / DAY);
      if (x > this.width) break;
      if (x >= NAME) {
        to.beginPath();
        to.moveTo(Math.round(x) + 0.5, 0);
        to.lineTo(Math.round(x) + 0.5, this.height);
        to.stroke();
        const date = new Date(day);
        const month = date.getUTCMonth();
        const label = monthly && month ? MONTHS[month] : String(date.getUTCFullYear());
        to.fillText(label, x + 3, 17);
      }
      const next = new Date(day);
      day = Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + step, 1);
    }
  }

  paintLane(to, lane, at) {
    const y = TOP + at * LANE;
    to.clearRect(0, y, NAME, LANE);
    to.strokeStyle = "#b1b4b6";
    to.strokeRect(-1, y + 0.5, this.width + 2, LANE);
    to.fillStyle = this.colours[at];
    to.fillRect(0, y + 4, 6, LANE - 8);
    to.fillStyle = "#0b0c0c";
    to.font = "15px arial, sans-serif";
    to.fillText(shortened(to, lane.name, NAME - 20), 12, y + LANE / 2 + 5);
  }

  paintMark(to, mark, reached, isChosen) {
    const from = Math.max(this.x(mark.from), NAME);
    const size = Math.max(this.x(mark.to + 1) - from, mark.certain ? 3 : 5);
    let row = reached.findIndex((end) => end <= from);
    if (row < 0) row = mark.number % ROWS;
    const lasting = Math.max(this.x(mark.end + 1) - from, size);
    reached[row] = from + lasting + 1;
    const y = TOP + mark.lane * LANE + 5 + row * 10;
    if (lasting > size) {
      // How long it lasted: a line from the mark to the last day of it.
      to.fillStyle = this.colours[mark.lane];
      to.fillRect(from + size, y + 3, lasting - size, 2);
      to.fillRect(from + lasting - 1.5, y, 1.5, 8);
    }
    const began = this.x(mark.to + 1) >= NAME;
    if (began && mark.certain) {
      to.fillStyle = this.colours[mark.lane];
      to.fillRect(from, y, size, 8);
    } else if (began) {
      to.strokeStyle = this.colours[mark.lane];
      to.lineWidth = 1.5;
      to.strokeRect(from + 0.75, y + 0.75, size - 1.5, 6.5);
    }
    if (isChosen) {
      to.strokeStyle = "#0b0c0c";
      to.lineWidth = 3;
      to.strokeRect(from - 3, y - 3, lasting + 6, 14);
    }
    this.placed.push([from, y, lasting, mark]);
  }

  at(x, y) {
    const near = this.placed.filter(([left, top, wide]) => x >= left - 3 && x <= left + wide + 3 && y >= top - 2 && y <= top + 10);
    return near.length ? near[near.length - 1][3] : null;
  }

  // The next entry in time from one, in its lane (`lanes` 0) or the nearest in a lane below or above.
  step(mark, along, lanes) {
    if (!mark) return this.marks[0] ?? null;
    if (!lanes) {
      const own = this.marks.filter((each) => each.lane === mark.lane);
      return own[own.indexOf(mark) + along] ?? mark;
    }
    for (let lane = mark.lane + lanes; lane >= 0 && lane < this.lanes.length; lane += lanes) {
      const there = this.marks.filter((each) => each.lane === lane);
      if (there.length) return there.reduce((best, each) => (Math.abs(each.from - mark.from) < Math.abs(best.from - mark.from) ? each : best));
    }
    return mark;
  }
}

function shortened(to, text, wide) {
  if (to.measureText(text).width <= wide) return text;
  let kept = text;
  while (kept && to.measureText(`${kept}…`).width > wide) kept = kept.slice(0, -1);
  return `${kept}…`;
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function colourOf(number) {
  const probe = element("span", { className: `agency agency-${((number - 1) % 12) + 1}`, hidden: true });
  document.body.append(probe);
  const colour = getComputedStyle(probe).backgroundColor;
  probe.remove();
  return colour;
}

const KEYS = {
  ArrowRight: (lanes, mark) => lanes.step(mark, 1, 0),
  ArrowLeft: (lanes, mark) => lanes.step(mark, -1, 0),
  ArrowDown: (lanes, mark) => lanes.step(mark, 0, 1),
  ArrowUp: (lanes, mark) => lanes.step(mark, 0, -1),
  Home: (lanes) => lanes.marks[0] ?? null,
  End: (lanes) => lanes.marks[lanes.marks.length - 1] ?? null,
};

class View {
  constructor(box, data) {
    this.box = box;
    this.canvas = element("canvas", { tabIndex: 0 });
    this.canvas.setAttribute("role", "application");
    this.canvas.setAttribute("aria-label", "Lanes of entries. Arrow keys go from entry to entry and from lane to lane, plus and minus zoom, Enter opens the entry in the list.");
    this.said = element("div", { className: "candour-lanes__said" });
    this.said.setAttribute("role", "status");
    this.said.textContent = "Choose a mark to read its entry, or press an arrow key when the picture has the focus.";
    this.lanes = new Lanes(data, { colourOf, width: box.clientWidth });
    this.chosen = null;
    box.append(this.buttons(), this.canvas, this.said);
    this.listen();
    this.resize();
  }

  buttons() {
    const does = {
      "Zoom in": () => this.lanes.zoom(1.6),
      "Zoom out": () => this.lanes.zoom(1 / 1.6),
      Earlier: () => this.lanes.pan((this.lanes.left - this.lanes.right) / 3),
      Later: () => this.lanes.pan((this.lanes.right - this.lanes.left) / 3),
      "Whole period": () => this.lanes.whole(),
    };
    const made = Object.entries(does).map(([words, act]) => {
      const button = element("button", { type: "button", className: "govuk-button govuk-button--secondary", textContent: words });
      button.addEventListener("click", () => { act(); this.later(); });
      return button;
    });
    return element("div", { className: "govuk-button-group" }, ...made);
  }

  listen() {
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.canvas.addEventListener("pointerdown", (event) => { this.held = event.offsetX; this.moved = false; this.canvas.setPointerCapture(event.pointerId); });
    this.canvas.addEventListener("pointermove", (event) => this.drag(event));
    this.canvas.addEventListener("pointerup", (event) => this.drop(event));
    new ResizeObserver(() => this.resize()).observe(this.box);
    window.addEventListener("beforeprint", () => this.paint());
  }

  key(event) {
    const zoomed = { "+": 1.6, "=": 1.6, "-": 1 / 1.6 }[event.key];
    if (zoomed) this.lanes.zoom(zoomed, this.chosen ? this.chosen.from : undefined);
    else if (event.key === "Enter" && this.chosen) window.location.assign(this.address(this.chosen));
    else if (KEYS[event.key]) this.choose(KEYS[event.key](this.lanes, this.chosen));
    else return;
    event.preventDefault();
    this.later();
  }

  wheel(event) {
    if (!event.ctrlKey && !event.metaKey && Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) this.lanes.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, this.lanes.day(event.offsetX));
    else this.lanes.pan(event.deltaX / this.lanes.scale);
    this.later();
  }

  drag(event) {
    if (this.held === undefined) return;
    if (Math.abs(event.offsetX - this.held) > 2) this.moved = true;
    if (!this.moved) return;
    this.lanes.pan((this.held - event.offsetX) / this.lanes.scale);
    this.held = event.offsetX;
    this.later();
  }

  drop(event) {
    this.held = undefined;
    if (this.moved) return;
    const mark = this.lanes.at(event.offsetX, event.offsetY);
    if (mark) { this.choose(mark); this.later(); }
  }

  choose(mark) {
    if (!mark || mark === this.chosen) return;
    this.chosen = mark;
    this.lanes.show(mark);
    this.say(mark);
  }

  async say(mark) {
    const address = new URL(this.box.dataset.lanes, window.location.href);
    address.searchParams.set("number", mark.number);
    const answer = await fetch(address);
    if (this.chosen !== mark) return;
    if (!answer.ok) { this.said.textContent = "This entry could not be read. Load the page again."; return; }
    const told = await answer.json();
    const lane = this.lanes.lanes[mark.lane].name;
    const heading = `Entry ${mark.number}, ${lane === told.agency ? lane : `${lane}, ${told.agency}`}: ${told.written}${told.time ? `, ${told.time}` : ""}`;
    const lines = [told.understood && told.understood !== told.written ? `Understood as ${told.understood}.` : "", told.until ? `Until ${told.until}.` : "", told.order, told.words].filter(Boolean);
    this.said.replaceChildren(
      element("p", { className: "govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1", textContent: heading }),
      ...lines.map((text) => element("p", { className: "govuk-body candour-as-written govuk-!-margin-bottom-1", textContent: text })),
      element("a", { className: "govuk-link govuk-body", href: this.address(mark), textContent: `Entry ${mark.number} in the list` }),
    );
  }

  address(mark) {
    const page = Math.ceil(mark.number / Number(this.box.dataset.page));
    return `${this.box.dataset.list}?page=${page}#number-${mark.number}`;
  }

  resize() {
    const wide = this.box.clientWidth;
    if (!wide || (wide === this.painted && this.canvas.height)) return;
    this.painted = wide;
    const dense = window.devicePixelRatio || 1;
    this.lanes.width = wide;
    this.canvas.width = wide * dense;
    this.canvas.height = this.lanes.height * dense;
    this.canvas.style.width = `${wide}px`;
    this.canvas.style.height = `${this.lanes.height}px`;
    this.to = this.canvas.getContext("2d");
    this.to.scale(dense, dense);
    this.paint();
  }

  later() {
    if (this.due) return;
    this.due = requestAnimationFrame(() => { this.due = 0; this.paint(); });
  }

  paint() {
    this.lanes.paint(this.to, this.chosen);
  }
}

export async function openLanes(box) {
  const answer = await fetch(box.dataset.lanes);
  if (!answer.ok) {
    box.append(element("p", { className: "govuk-body", textContent: "The lanes could not be loaded. Load the page again; the table below holds the same facts." }));
    return null;
  }
  const view = new View(box, await answer.json());
  box.dataset.drawn = String(view.lanes.marks.length);
  return view;
}

for (const box of document.querySelectorAll("[data-lanes]")) openLanes(box);
