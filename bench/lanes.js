// The two pictures that bench/lanes.py times in one page each: ours and vis-timeline's.
const WIDTH = 1200;
const COLOURS = ["#1a65a6", "#0f7a52", "#912b88", "#8a3a00", "#b52b2b", "#4c2c92", "#006a70", "#7a5a00", "#c0246f"];
const DAY = 86400000;
const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

async function timed(act) {
  const from = performance.now();
  act();
  await frame();
  return performance.now() - from;
}

export async function ours(data) {
  const { Lanes } = await import("/lanes.js");
  const canvas = document.querySelector("canvas");
  const to = canvas.getContext("2d");
  let lanes;
  const painted = await timed(() => {
    lanes = new Lanes(data, { colourOf: (number) => COLOURS[number - 1], width: WIDTH });
    canvas.width = WIDTH;
    canvas.height = lanes.height;
    lanes.paint(to, null);
  });
  const zoom = await timed(() => { lanes.zoom(2); lanes.paint(to, null); });
  const pan = await timed(() => { lanes.pan(100); lanes.paint(to, null); });
  return [painted, zoom, pan];
}

export async function theirs(data, stack) {
  const start = Date.parse(data.day0);
  const day = (number) => new Date(start + number * DAY);
  const items = data.events.map(([group, from, to, id]) =>
    from === to ? { id, group, start: day(from), type: "point", content: "" } : { id, group, start: day(from), end: day(to + 1), content: "" });
  const groups = data.lanes.map((lane, id) => ({ id, content: lane.name }));
  const { Timeline, DataSet } = window.vis;
  const options = { width: `${WIDTH}px`, stack, showCurrentTime: false };
  let line;
  const painted = await timed(() => {
    line = new Timeline(document.querySelector("#theirs"), new DataSet(items), new DataSet(groups), options);
  });
  const zoom = await timed(() => line.zoomIn(0.5, { animation: false }));
  const pan = await timed(() => {
    const seen = line.getWindow();
    line.setWindow(+seen.start + 100 * DAY, +seen.end + 100 * DAY, { animation: false });
  });
  return [painted, zoom, pan];
}
