// Tells the server where a sheet was zoomed or moved to, by mouse or by keys. Streamlit replaces
// a chart whose data have changed, and its zoom with it: the server draws the next one there.
const STEP = 0.15; // of what is seen, for one press of an arrow key
const listened = new WeakSet();
const timers = new Map();

function place(chart, x, y) {
  return { x, y, sheet: String(chart.layout.uirevision) };
}

// The ranges after a key; undefined for keys that mean nothing here.
function pressed(key, [a, b], [c, d]) {
  const across = STEP * (b - a);
  const up = STEP * (d - c);
  const shifted = (dx, dy) => ({ x: [a + dx, b + dx], y: [c + dy, d + dy] });
  const zoomed = (by) => ({
    x: [a + (b - a) * by, b - (b - a) * by],
    y: [c + (d - c) * by, d - (d - c) * by],
  });
  return {
    ArrowLeft: shifted(-across, 0),
    ArrowRight: shifted(across, 0),
    ArrowUp: shifted(0, up),
    ArrowDown: shifted(0, -up),
    "+": zoomed(STEP),
    "=": zoomed(STEP),
    "-": zoomed(-STEP),
  }[key];
}

export default function ({ data, setStateValue }) {
  const find = () => document.querySelector(`.st-key-${CSS.escape(data.chart)} .js-plotly-plot`);
  const sheet = document.querySelector(`.st-key-${CSS.escape(data.sheet)}`);

  const keys = (event) => {
    const chart = find();
    if (!chart || !chart.layout || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = pressed(event.key, chart.layout.xaxis.range, chart.layout.yaxis.range);
    const whole = event.key === "0";
    if (event.target !== sheet || (!to && !whole)) return;
    event.preventDefault();
    // A number that is new each time: the server draws the sheet anew, at once.
    const turn = Date.now();
    setStateValue("zoom", { ...(whole ? { sheet: "" } : place(chart, to.x, to.y)), turn });
  };
  const moved = (event, chart) => {
    if (!Object.keys(event || {}).some((name) => /^[xy]axis\.range/.test(name))) return;
    const { xaxis, yaxis } = chart.layout;
    setStateValue("zoom", place(chart, [...xaxis.range], [...yaxis.range]));
  };
  const listen = () => {
    const chart = find();
    if (!chart || !chart.on || listened.has(chart)) return;
    listened.add(chart);
    chart.on("plotly_relayout", (event) => moved(event, chart));
  };

  if (sheet) {
    sheet.tabIndex = 0; // reached by Tab; it scrolls sideways on a narrow screen
    sheet.setAttribute("role", "group");
    sheet.setAttribute("aria-label", data.label);
    sheet.onkeydown = keys;
  }
  listen();
  // The chart comes later than this, and another one in its place with every new ECG.
  clearInterval(timers.get(data.chart));
  timers.set(data.chart, setInterval(listen, 300));
  return () => clearInterval(timers.get(data.chart));
}
