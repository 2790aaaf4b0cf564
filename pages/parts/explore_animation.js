// Draws frames of an ECG on paper, one at a time. Everything is in mm; text is never read as HTML.
const SVG = "http://www.w3.org/2000/svg";
const FRAME_MS = 350;
const PX_PER_MM = 7; // at most: larger than life, so that a class sees it

function add(parent, tag, attributes, text) {
  const one = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
  if (text !== undefined) one.textContent = text;
  parent.appendChild(one);
  return one;
}

function lines(width, height, step) {
  let path = "";
  for (let x = 0; x <= width; x += step) path += `M${x} 0V${height}`;
  for (let y = 0; y <= height; y += step) path += `M0 ${y}H${width}`;
  return path;
}

function paper(data) {
  const { width, height, colours } = data;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", data.alt);
  svg.setAttribute("font-family", "sans-serif");
  svg.style.maxWidth = `${width * PX_PER_MM}px`;
  add(svg, "rect", { width, height, fill: colours.sheet });
  add(svg, "path", { d: lines(width, height, 1), stroke: colours.fine, "stroke-width": 0.12 });
  add(svg, "path", { d: lines(width, height, 5), stroke: colours.bold, "stroke-width": 0.2 });
  const mark = { x: 2, y: 5, "font-size": 2.8, "font-weight": 700, fill: colours.mark };
  add(svg, "text", mark, data.mark);
  add(svg, "text", { x: 2, y: height - 2, "font-size": 2.4, fill: colours.ink }, data.scale);
  for (const lead of data.leads) {
    const ink = { fill: "none", stroke: colours.ink, "stroke-width": 0.3 };
    const pulse = `M2 ${lead.y}h2v${-data.gain}h${data.pulse}v${data.gain}h2`;
    add(svg, "path", { d: pulse, ...ink });
    const place = { x: data.left - 3, y: lead.y - 4, "font-size": 2.8, fill: colours.ink };
    add(svg, "text", place, lead.name);
  }
  return svg;
}

function moving(svg, data) {
  const ink = { fill: "none", stroke: data.colours.ink, "stroke-width": 0.32 };
  const round = { "stroke-linejoin": "round" };
  const traces = data.leads.map(() => add(svg, "polyline", { ...ink, ...round }));
  const big = { "font-size": 4, "font-weight": 700, fill: data.colours.ink };
  const title = add(svg, "text", { x: data.left, y: data.titleY, ...big });
  return (k) => {
    const frame = data.frames[k];
    title.textContent = frame.title;
    traces.forEach((trace, n) => {
      const y0 = data.leads[n].y;
      const points = frame.uv[n].map(
        (uv, i) => `${(data.left + i * data.perSample).toFixed(2)},${(y0 - uv * data.perUv).toFixed(2)}`
      );
      trace.setAttribute("points", points.join(" "));
    });
  };
}

export default function ({ parentElement, data }) {
  const sheet = parentElement.querySelector(".sheet");
  const button = parentElement.querySelector("button");
  const slider = parentElement.querySelector("input");
  const told = parentElement.querySelector("output");
  const svg = paper(data);
  sheet.replaceChildren(svg);
  const draw = moving(svg, data);
  const last = data.frames.length - 1;
  let way = 1;
  let timer = null;

  function show(k) {
    slider.value = k;
    slider.setAttribute("aria-valuetext", data.frames[k].title);
    told.textContent = data.frames[k].title;
    draw(k);
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    button.textContent = data.words.play;
  }

  function next() {
    const k = Number(slider.value);
    if (k + way < 0 || k + way > last) way = -way;
    show(k + way);
  }

  parentElement.querySelector("label span").textContent = data.words.position;
  slider.max = last;
  slider.oninput = () => {
    stop();
    show(Number(slider.value));
  };
  button.onclick = () => {
    if (timer !== null) return stop();
    button.textContent = data.words.pause;
    timer = setInterval(next, FRAME_MS);
  };
  stop();
  show(Math.min(Number(slider.dataset.at || 0), last));
  return () => {
    slider.dataset.at = slider.value;
    stop();
  };
}
