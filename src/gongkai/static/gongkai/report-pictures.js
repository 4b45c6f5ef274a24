// Draws the pictures of annual reports. Without it the page is complete: the table beside each holds the same numbers.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("chart-data").textContent);
  const colours = ["#0b4ea2", "#c2410c", "#0f766e", "#7c3aed", "#a16207", "#475569"];
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const drawn = [];
  for (const place of document.querySelectorAll(".chart[data-chart]")) {
    const one = data[place.dataset.chart];
    const several = one.series.length > 1;
    const bars = one.categories.length * (one.stacked ? 1 : one.series.length) + (several ? 5 : 0);
    // Shown first: a hidden place has no width to draw in. The more bars, the higher, in steps that the style sheet knows.
    place.classList.add("is-drawn", `chart-${Math.min(4, Math.ceil(bars / 6))}`);
    const chart = window.echarts.init(place, null, { renderer: "svg" });
    chart.setOption({
      animation: !calm,
      aria: { enabled: false, decal: { show: several } },
      color: colours,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 14 },
      grid: { left: 8, right: 40, top: several ? 72 : 8, bottom: 8, containLabel: true },
      legend: { show: several, top: 0 },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" } },
      xAxis: { type: "value", minInterval: 1 },
      yAxis: { type: "category", inverse: true, data: one.categories, axisLabel: { width: 130, overflow: "break" } },
      series: one.series.map((row) => ({
        ...row,
        type: "bar",
        barMaxWidth: 26,
        stack: one.stacked ? "all" : undefined,
        label: { show: !one.stacked, position: "right" },
      })),
    });
    drawn.push(chart);
  }
  const fit = () => drawn.forEach((chart) => chart.resize());
  window.addEventListener("resize", fit);
  window.addEventListener("beforeprint", fit);
})();
