// Draws the charts in the colours of the page, switches scales, sorts tables. Nothing is loaded.
"use strict";

const dash = ["solid", "dash", "dot", "dashdot"];
const colours = 6;
const narrow = matchMedia("(max-width: 44rem)"); // as in page.css
const format = { money: "$,.0f", ratio: ".2%" };
const ticks = { money: "$~s", ratio: ".0%" };

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

// Names come from rule files; the chart library would read some HTML in them.
function plain(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}

function line(series, figure, place) {
  const name = { baseline: "baseline", reference: "reference" }[series.role];
  const stroke = colour(name || `series-${place % colours}`);
  const broken = 1 + figure.series.indexOf(series) % 3; // references share a colour
  const style = dash[name === "reference" ? broken : Math.floor(place / colours) % dash.length];
  const shown = { color: stroke, dash: style, width: name === "reference" ? 1.2 : 1.8 };
  // Filled areas of many runs would hide one another.
  return figure.shape === "depth" && figure.series.length < 3 ? { mode: "lines", fill: "tozeroy", line: { ...shown, width: 1.2 } }
    : { mode: "lines", line: shown };
}

function traces(figure, axes) {
  let place = 0;
  return figure.series.map((series) => {
    const own = line(series, figure, place);
    if (series.role === "variant") place += 1;
    const look = figure.shape === "bars"
      ? { type: "bar", marker: { color: own.line.color } }
      : { type: "scatter", ...own };
    return {
      ...look,
      name: plain(series.name),
      x: axes[figure.axis],
      y: series.y,
      hovertemplate: `%{y:${format[figure.unit]}}`,
    };
  });
}

function layout(figure, scale) {
  const axis = { gridcolor: colour("rule"), linecolor: colour("rule"), zerolinecolor: colour("quiet"), automargin: true };
  return {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { color: colour("ink"), family: getComputedStyle(document.body).fontFamily, size: narrow.matches ? 11 : 13 },
    margin: { l: 8, r: 8, t: 8, b: 8 },
    hovermode: "x unified",
    hoverlabel: { bgcolor: colour("panel"), bordercolor: colour("rule"), font: { color: colour("ink") }, namelength: -1 },
    legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
    barmode: "group",
    dragmode: "zoom",
    modebar: { bgcolor: "rgba(0,0,0,0)", color: colour("quiet"), activecolor: colour("ink") },
    xaxis: figure.shape === "bars"
      ? { ...axis, showgrid: false, type: "category", tickangle: 0, nticks: narrow.matches ? 7 : 17 }
      : { ...axis, showgrid: false, type: "date" },
    yaxis: {
      ...axis, tickformat: ticks[figure.unit], type: scale, fixedrange: true,
      autorangeoptions: figure.shape === "depth" ? { maxallowed: 0 } : {},
    },
  };
}

function draw(page, place) {
  const target = document.getElementById(`chart-${place}`);
  const scale = target.dataset.scale || "linear";
  const settings = {
    responsive: true,
    displaylogo: false,
    displayModeBar: narrow.matches ? false : undefined,
    modeBarButtons: [["toImage"], ["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d"]],
  };
  return Plotly.react(target, traces(page.figures[place], page.axes), layout(page.figures[place], scale), settings);
}

// Charts over the same dates show the same stretch of them.
function together(page) {
  let moving = false;
  page.figures.forEach((figure, place) => {
    document.getElementById(`chart-${place}`).on("plotly_relayout", (change) => {
      const stretch = "xaxis.range[0]" in change
        ? { "xaxis.range": [change["xaxis.range[0]"], change["xaxis.range[1]"]] }
        : change["xaxis.autorange"] ? { "xaxis.autorange": true } : null;
      if (moving || !stretch) return;
      moving = true;
      const others = page.figures
        .map((other, at) => (at !== place && other.axis === figure.axis ? `chart-${at}` : null))
        .filter(Boolean);
      Promise.all(others.map((other) => Plotly.relayout(other, stretch))).finally(() => { moving = false; });
    });
  });
}

function switchScales(page) {
  document.querySelectorAll(".scale button").forEach((button) => {
    button.addEventListener("click", () => {
      const target = button.closest("figure").querySelector(".chart");
      target.dataset.scale = button.dataset.scale;
      button.parentElement.querySelectorAll("button").forEach((other) => {
        other.setAttribute("aria-pressed", String(other === button));
      });
      draw(page, Number(target.id.replace("chart-", "")));
    });
  });
}

// `10%`, `1.75 sd` and `6 (as written)` go by their number, dates and words by their letters.
function numberOf(text) {
  const [leading] = /^-?\d+(\.\d+)?(?=[% ])/.exec(text) ?? [text || NaN];
  return Number(leading);
}

function compareCells(left, right) {
  const numbers = [numberOf(left), numberOf(right)];
  return numbers.some(Number.isNaN) ? left.localeCompare(right) : numbers[0] - numbers[1];
}

function sortTables() {
  document.querySelectorAll(".search thead button").forEach((button) => {
    button.addEventListener("click", () => {
      const header = button.closest("th");
      const column = header.cellIndex;
      const way = header.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      header.parentElement.querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"));
      header.setAttribute("aria-sort", way);
      const body = header.closest("table").tBodies[0];
      const rows = [...body.rows].sort((a, b) => compareCells(a.cells[column].dataset.sort, b.cells[column].dataset.sort));
      body.append(...(way === "ascending" ? rows : rows.reverse()));
    });
  });
}

// The Tab key stops at a table only where it scrolls, which a window or an opened part may change.
function stopWhereItScrolls() {
  const watch = new ResizeObserver((seen) => seen.forEach(({ target }) => {
    const box = target.closest(".scroll");
    if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }));
  document.querySelectorAll(".scroll, .scroll > table").forEach((part) => watch.observe(part));
}

function drawAll(page) {
  return Promise.all(page.figures.map((_, place) => draw(page, place)));
}

const page = JSON.parse(document.getElementById("chart-data").textContent);
sortTables();
stopWhereItScrolls();
if (page.figures.length) {
  switchScales(page);
  drawAll(page).then(() => together(page));
  [matchMedia("(prefers-color-scheme: dark)"), matchMedia("print"), narrow].forEach((media) => {
    media.addEventListener("change", () => drawAll(page));
  });
}

// On paper nothing can be opened.
addEventListener("beforeprint", () => {
  document.querySelectorAll("details:not([open])").forEach((one) => { one.open = true; one.dataset.printed = ""; });
});
addEventListener("afterprint", () => {
  document.querySelectorAll("details[data-printed]").forEach((one) => { one.open = false; delete one.dataset.printed; });
});
