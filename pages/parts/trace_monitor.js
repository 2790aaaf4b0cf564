// A bedside monitor: up to three leads sweep from left to right, a gap runs ahead of the pen.
const PX_PER_MM = 4;
const GAP_PX = 18;
const ROOM_PX = 30; // over the highest wave of a lead: its name stands there
const FOOT_PX = 28; // under the leads: what the ECG is not for
const MOST_PX = 320; // a lead with larger voltages is cut there
const BACK = "#0b1220";
const GRID = "#1b2a44";
const TRACE = "#7dff9b";
const WORDS = "#ffffff";
const states = new Map(); // where each monitor stands, so that a redraw of the page goes on

function samples(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new Int16Array(bytes.buffer);
}

// Every lead with its samples and its place: top, height and baseline in px.
function place(data) {
  let top = 0;
  return data.leads.map((lead) => {
    const uv = samples(lead.uv);
    const scale = (lead.sign * data.gain * PX_PER_MM) / 1000;
    const heights = Array.from(uv, (value) => value * scale);
    const high = heights.reduce((a, b) => Math.max(a, b), 0);
    const low = heights.reduce((a, b) => Math.min(a, b), 0);
    const height = Math.min(Math.max(high - low + ROOM_PX + 12, 90), MOST_PX);
    const row = { name: lead.name, heights, top, height, base: top + Math.min(high + ROOM_PX, height - 20) };
    top += height;
    return row;
  });
}

function clear(pen, x, width, height) {
  pen.fillStyle = BACK;
  pen.fillRect(x, 0, width, height);
  pen.fillStyle = GRID;
  const step = 5 * PX_PER_MM;
  for (let at = Math.ceil(x / step) * step; at < x + width; at += step) pen.fillRect(at, 0, 1, height);
  for (let at = 0; at < height; at += step) pen.fillRect(x, at, width, 1);
}

// Clear so many px from x on, over the right edge to the left one.
function wipe(pen, x, length, width, height) {
  const here = Math.min(length, width - x);
  clear(pen, x, here, height);
  if (here < length) clear(pen, 0, Math.min(length - here, width), height);
}

function word(pen, text, y) {
  pen.font = "600 13px sans-serif";
  pen.fillStyle = BACK;
  pen.fillRect(4, y - 14, pen.measureText(text).width + 8, 19);
  pen.fillStyle = WORDS;
  pen.fillText(text, 8, y);
}

// Draw what the pen writes between two moments, in seconds since the monitor began.
function sweep(pen, scene, width, from, to) {
  const speed = scene.speed * PX_PER_MM;
  const first = Math.floor(from * scene.fs);
  const last = Math.floor(to * scene.fs);
  const bottom = scene.height - FOOT_PX;
  wipe(pen, ((first / scene.fs) * speed) % width, (to - from) * speed + GAP_PX, width, bottom);
  pen.strokeStyle = TRACE;
  pen.lineWidth = 1.8;
  for (const row of scene.rows) {
    pen.save();
    pen.beginPath();
    pen.rect(0, row.top, width, row.height);
    pen.clip();
    pen.beginPath();
    let before = Infinity;
    for (let n = first; n <= last; n += 1) {
      const x = ((n / scene.fs) * speed) % width;
      const y = row.base - row.heights[n % row.heights.length];
      if (x < before) pen.moveTo(x, y);
      else pen.lineTo(x, y);
      before = x;
    }
    pen.stroke();
    pen.restore();
    word(pen, row.name, row.top + 18);
  }
}

export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".monitor");
  const canvas = parentElement.querySelector("canvas");
  const button = parentElement.querySelector("button");
  const rows = place(data);
  const height = rows.reduce((sum, row) => sum + row.height, FOOT_PX);
  const scene = { speed: data.speed, fs: data.fs, rows, height };
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const state = states.get(data.key) || { at: 0, running: !still };
  states.set(data.key, state);
  state.stop?.(); // other leads or another ECG: the pen before this one must rest
  const pen = canvas.getContext("2d");
  let frame = 0;
  let before = performance.now();
  let width = 0;

  const prepare = () => {
    const density = window.devicePixelRatio || 1;
    width = canvas.clientWidth;
    canvas.style.height = `${height}px`;
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
    pen.scale(density, density);
    clear(pen, 0, width, height);
    word(pen, data.mark, height - 9);
    // A full screen at once: nobody has to wait for the first sweep.
    const screen = width / (data.speed * PX_PER_MM);
    state.at = Math.max(state.at, screen);
    sweep(pen, scene, width, Math.max(0, state.at - 0.97 * screen), state.at);
  };
  const step = (now) => {
    const to = state.at + Math.min((now - before) / 1000, 0.25);
    before = now;
    sweep(pen, scene, width, state.at, to);
    state.at = to;
    if (state.running) frame = requestAnimationFrame(step);
  };
  const go = () => {
    cancelAnimationFrame(frame);
    button.textContent = state.running ? data.pause : data.go;
    before = performance.now();
    if (state.running) frame = requestAnimationFrame(step);
  };
  button.onclick = () => {
    state.running = !state.running;
    go();
  };
  canvas.setAttribute("aria-label", data.alt);
  const watcher = new ResizeObserver(() => canvas.clientWidth && canvas.clientWidth !== width && prepare());
  watcher.observe(box);
  if (canvas.clientWidth) prepare();
  go();
  state.stop = () => {
    cancelAnimationFrame(frame);
    watcher.disconnect();
  };
  return state.stop;
}
