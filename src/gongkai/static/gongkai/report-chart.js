// Draws the results of the year. Without it the page is complete: the table below holds the same numbers.
"use strict";
(() => {
  const place = document.getElementById("report-chart");
  const data = JSON.parse(document.getElementById("report-chart-data").textContent);
  const colours = ["#0b4ea2", "#c2410c", "#0f766e", "#7c3aed", "#a16207", "#475569"];
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  // Shown first: a hidden place has no width to draw in.
  place.parentElement.classList.add("is-drawn");
  const chart = window.echarts.init(place, null, { renderer: "svg" });
  chart.setOption({
    animation: !calm,
    aria: { enabled: true, decal: { show: true } },
    color: colours,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 14 },
    grid: { left: 8, right: 16, top: 48, bottom: 8, containLabel: true },
    legend: { top: 8 },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" } },
    xAxis: { type: "value", minInterval: 1 },
    yAxis: { type: "category", inverse: true, data: data.outcomes },
    series: data.series
      .filter((one) => one.data.some(Boolean))
      .map((one) => ({ ...one, type: "bar", stack: "all", barMaxWidth: 28 })),
  });
  window.addEventListener("resize", () => chart.resize());
})();
